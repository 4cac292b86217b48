/// The processes of an MPI job that share a sweep. Without MPI, or when not asked for, there is one.
#pragma once

#include <cstddef>
#include <vector>

#include "sweep.hpp"

namespace tool {

/// Whether this program was built with MPI.
bool has_ranks();

class ranks {
public:
  /// Joins the job if `wanted`; throws usage_error where this program cannot.
  explicit ranks(bool wanted);
  ~ranks();
  ranks(const ranks&) = delete;
  ranks& operator=(const ranks&) = delete;

  std::size_t own() const { return own_; }
  std::size_t count() const { return count_; }
  bool first() const { return own_ == 0; }

  /// What rank 0 says. Where it does not agree to go on the others must not wait for it.
  bool agreed(bool of_first) const;

  /// Brings to rank 0 what the others have computed: row r of rank r modulo count().
  void gather(const sweep_plan& p, std::vector<sweep_row>& rows) const;

private:
  std::size_t own_ = 0, count_ = 1;
  bool joined_ = false;
};

} // namespace tool
