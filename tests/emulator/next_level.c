/* Compiled for the x86-64 level above the one under test: the emulated processor has to refuse it, or the other tests
 * would pass there whatever they were compiled for. */
#include <stdio.h>

int main(void) {
  volatile double values[64];
  volatile unsigned bits = 12345;
  double x[64], sum = 0;
  int i;
  for (i = 0; i < 64; ++i) values[i] = i;
  for (i = 0; i < 64; ++i) x[i] = values[i];
#if defined(__AVX512F__)
  __asm__ volatile("vaddpd %0, %%zmm0, %%zmm0" : : "m"(x) : "xmm0");
#elif defined(__FMA__)
  for (i = 0; i < 64; ++i) sum = __builtin_fma(values[i], 2.0, sum);
#elif defined(__POPCNT__)
  sum += __builtin_popcount(bits);
#else
#error "this level has nothing that the one below lacks"
#endif
  printf("%g %g\n", sum, x[1]);
  return 0;
}
