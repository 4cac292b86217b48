// An instruction that does not exist: the processor stops the program, which has to end with board::fault.
int main() { __builtin_trap(); }
