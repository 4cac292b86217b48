#include <saddle/lane/batch.hpp>
#include <saddle/saddle.hpp>

int main() {
  return xsimd::batch<double>::size >= 2 && saddle::dynamics::optimistic::about.field_evaluations == 1 ? 0 : 1;
}
