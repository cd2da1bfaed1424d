;; Products of vectors in whole numbers: rows of one byte a number, by one vector of two bytes a number.
;;
;; Four rows are taken at a time, so that what is loaded of the vector serves all four; eight numbers of a row are widened
;; to two bytes each, multiplied, and added in pairs to four sums of four bytes. `npm run dot` assembles this text.
(module
  (import "rows" "memory" (memory 1))

  ;; $vector .. $vectorEnd: the vector, a multiple of 32 bytes.
  ;; $row: the first row; each is $stride bytes, half as many as the vector.
  ;; $sum .. $sumEnd: where the products go, one i32 a row; a multiple of 16 bytes, hence of four rows.
  (func (export "multiply")
    (param $vector i32) (param $vectorEnd i32) (param $row i32) (param $stride i32) (param $sum i32) (param $sumEnd i32)
    (local $at i32) (local $second i32) (local $third i32) (local $fourth i32)
    (local $part v128) (local $a v128) (local $b v128) (local $c v128) (local $d v128)

    (block $done
      (loop $rows
        (br_if $done (i32.eq (local.get $sum) (local.get $sumEnd)))
        (local.set $second (i32.add (local.get $row) (local.get $stride)))
        (local.set $third (i32.add (local.get $second) (local.get $stride)))
        (local.set $fourth (i32.add (local.get $third) (local.get $stride)))
        (local.set $a (i32x4.splat (i32.const 0)))
        (local.set $b (local.get $a))
        (local.set $c (local.get $a))
        (local.set $d (local.get $a))
        (local.set $at (local.get $vector))

        (block $multiplied
          (loop $numbers
            (br_if $multiplied (i32.eq (local.get $at) (local.get $vectorEnd)))
            (local.set $part (v128.load (local.get $at)))
            (local.set $a (i32x4.add (local.get $a)
              (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $row)) (local.get $part))))
            (local.set $b (i32x4.add (local.get $b)
              (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $second)) (local.get $part))))
            (local.set $c (i32x4.add (local.get $c)
              (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $third)) (local.get $part))))
            (local.set $d (i32x4.add (local.get $d)
              (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $fourth)) (local.get $part))))
            (local.set $part (v128.load offset=16 (local.get $at)))
            (local.set $a (i32x4.add (local.get $a)
              (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $row)) (local.get $part))))
            (local.set $b (i32x4.add (local.get $b)
              (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $second)) (local.get $part))))
            (local.set $c (i32x4.add (local.get $c)
              (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $third)) (local.get $part))))
            (local.set $d (i32x4.add (local.get $d)
              (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $fourth)) (local.get $part))))
            (local.set $at (i32.add (local.get $at) (i32.const 32)))
            (local.set $row (i32.add (local.get $row) (i32.const 16)))
            (local.set $second (i32.add (local.get $second) (i32.const 16)))
            (local.set $third (i32.add (local.get $third) (i32.const 16)))
            (local.set $fourth (i32.add (local.get $fourth) (i32.const 16)))
            (br $numbers)))

        ;; a: a0+a2 b0+b2 a1+a3 b1+b3; c: the same of c and d; then one sum a row.
        (local.set $a (i32x4.add
          (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a) (local.get $b))
          (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a) (local.get $b))))
        (local.set $c (i32x4.add
          (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $c) (local.get $d))
          (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $c) (local.get $d))))
        (v128.store (local.get $sum) (i32x4.add
          (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $a) (local.get $c))
          (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $a) (local.get $c))))

        (local.set $row (local.get $fourth))
        (local.set $sum (i32.add (local.get $sum) (i32.const 16)))
        (br $rows)))))
