#include "ranks.hpp"

#ifdef SADDLE_TOOL_MPI
#include <mpi.h>
#endif

namespace tool {

#ifdef SADDLE_TOOL_MPI

bool has_ranks() { return true; }

ranks::ranks(bool wanted) {
  if (!wanted) return;
  // Only the thread that started the program calls MPI.
  int provided = 0, own = 0, count = 1;
  MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided);
  MPI_Comm_rank(MPI_COMM_WORLD, &own);
  MPI_Comm_size(MPI_COMM_WORLD, &count);
  own_ = static_cast<std::size_t>(own);
  count_ = static_cast<std::size_t>(count);
  joined_ = true;
}

ranks::~ranks() {
  if (joined_) MPI_Finalize();
}

bool ranks::agreed(bool of_first) const {
  int yes = of_first ? 1 : 0;
  if (joined_) MPI_Bcast(&yes, 1, MPI_INT, 0, MPI_COMM_WORLD);
  return yes != 0;
}

void ranks::gather(const sweep_plan& p, std::vector<sweep_row>& rows) const {
  for (std::size_t row = 0; joined_ && row < rows.size(); ++row) {
    const std::size_t owner = row % count_;
    if (owner == 0) continue;
    if (first()) {
      rows[row] = sweep_row(p);
      rows[row].each_part([&](void* to, std::size_t bytes) {
        MPI_Recv(to, static_cast<int>(bytes), MPI_BYTE, static_cast<int>(owner), 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
      });
    } else if (owner == own_) {
      rows[row].each_part([](const void* from, std::size_t bytes) {
        MPI_Send(from, static_cast<int>(bytes), MPI_BYTE, 0, 0, MPI_COMM_WORLD);
      });
    }
  }
}

#else

bool has_ranks() { return false; }

ranks::ranks(bool wanted) {
  if (wanted) throw usage_error{"--ranks: this program was built without MPI"};
}
ranks::~ranks() = default;
bool ranks::agreed(bool of_first) const { return of_first; }
void ranks::gather(const sweep_plan&, std::vector<sweep_row>&) const {}

#endif

} // namespace tool
