/** English words that carry feeling, in our own choice, by strength; `~` stands for any ending. */
export const PRAISE_EN: readonly (readonly [number, string])[] = [
  [
    3,
    'perfect perfectly excellent amazing awesome fantastic wonderful outstanding superb brilliant flawless exceptional phenomenal|love it|love this|love them|absolutely love|best ever|highly recommend|five stars|5 stars|blown away|over the moon|exceeded my expectations|life saver|lifesaver|top notch|second to none|worth every penny|cannot fault',
  ],
  [
    2,
    'great good love loved loves loving lovely nice beautiful gorgeous happy pleased glad delighted satisfied thank thanks thankyou thx appreciate appreciated grateful helpful comfortable comfy recommend recommended impressed impressive sturdy solid reliable fast quick quickly prompt promptly smooth friendly polite kind patient enjoy enjoyed fun cute stylish bargain favourite favorite yay cheers sweet worth|works great|works well|works perfectly|well made|good quality|great quality|well done|good job|great job|no issues|no problems|no complaints|as described|as advertised|sorted it|all good|not bad at all',
  ],
  [
    1,
    'fine ok okay decent fair easy useful clean fresh bright soft cheap affordable works working fits|not bad|no problem|good enough|no worries',
  ],
];

export const BLAME_EN: readonly (readonly [number, string])[] = [
  [0, '|kind of|sort of|kind regards|no bad|good morning|good afternoon|good evening|good day|good night'],
  [
    -3,
    'terrible horrible awful worst disgusting disgusted disgrace disgraceful ridiculous unacceptable furious livid outrageous outraged pathetic useless hate hated scam scammed scammer scammers scamming fraud fraudulent fraudsters ripoff thieves thief liar liars crooks garbage rubbish trash junk crap crappy appalling atrocious abysmal shambles joke laughable infuriating infuriated enraged fuming unbelievable incompetent shocking dreadful horrendous nightmare fake counterfeit stolen cheated swindled robbed shameful disaster|rip off|never again|worst ever|fed up|sick of|sick and tired|waste of money|waste of time|do not buy|dont buy|stay away|avoid at all costs|zero stars|one star|1 star|had enough|lost for words|how dare|absolute joke|beyond a joke|false advertising|want my money back|never shop|never order|never buy|steer clear|pissed off|fell apart|falling apart|last straw|piece of crap',
  ],
  [
    -2,
    'disappointed disappointing disappointment disappoint upset frustrated frustrating frustration annoyed annoying annoys unhappy angry mad poor bad badly broken broke damaged defective faulty wrong missing unfortunately sad suck sucks sucked waste wasted worse complain complaint complaining rude ignored ignoring unhelpful unprofessional dissatisfied unsatisfied misleading lied lying lie lies overpriced flimsy cheaply ugly smelly stinks stained dirty torn ripped cracked scratched dented leaking leaks leaked crushed soaked shattered snapped stopped refuse refused refusing refuses fails failed failure failing crash crashes crashed freezes glitchy uncomfortable painful itchy regret unreliable confusing hopeless lousy mediocre nonsense excuses excuse runaround stuck worried worry concerned cancelled tired unimpressed underwhelming underwhelmed letdown miserable|let down|not happy|not good|not great|not impressed|not working|not work|not worth|no response|no reply|no answer|no help|no one|nobody replies|still waiting|still no|still not|still hasnt|money back|too small|too big|too tight|too expensive|too slow|too late|never arrived|never came|never received|never got|doesnt work|didnt work|wont work|doesnt fit|not as described|not as advertised|looks nothing like|poor quality|bad quality|cheaply made|fake promises|ran out of patience|running out of patience|wits end|so much for|what a waste|got worse|gave up|kept waiting|ages',
  ],
  [
    -1,
    'late slow slowly delay delayed delays problem problems issue issues expensive pricey meh average dull thin tight loose loud noisy heavy stiff hard difficult unclear wait waited waiting return returned refund odd weird|could be better|expected more|expected better|should have|supposed to|not sure|why is|how come|yet to',
  ],
];
