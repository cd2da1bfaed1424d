// Preloaded into the stack's child processes: they end with the process that started them, however that ended.
process.on('disconnect', () => process.exit(0));
