// References everything that the compiled library must not, for the check that looks for it.
#include <cstdio>
#include <cstdlib>

struct heavy {
  heavy();
};

void use(void* const* memory, std::size_t size) {
  static heavy once; // takes a guard
  void* p = nullptr;
  if (posix_memalign(&p, 64, size) != 0) std::abort();
  *static_cast<void* volatile*>(p) = std::malloc(size);
  *static_cast<void* volatile*>(p) = std::calloc(size, size);
  *static_cast<void* volatile*>(p) = std::realloc(memory[0], size);
  std::free(memory[1]);
  *static_cast<void* volatile*>(p) = ::operator new(size);
  ::operator delete(memory[2]);
  std::printf("%p %zu\n", p, size);
  throw size;
}
