// Marching squares: a curve enters a square of the grid through one of its edges and leaves through another.
#include "contour.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <fmt/format.h>

namespace tool {
namespace {

class tracer {
public:
  tracer(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& values)
      : x_(x), y_(y), values_(values) {
    for (std::size_t i = 0; i + 1 < y.size(); ++i)
      for (std::size_t k = 0; k + 1 < x.size(); ++k) square(i, k);
  }

  std::vector<std::vector<plane_point>> curves() {
    std::vector<std::vector<plane_point>> r;
    // First those that begin and end at the border, then closed ones.
    for (const bool closed : {false, true})
      for (const auto& [edge, ends] : neighbours_)
        if (!ends.empty() && (closed || ends.size() == 1)) r.push_back(follow(edge));
    return r;
  }

private:
  double at(std::size_t i, std::size_t k) const { return values_[i * x_.size() + k]; }

  // Edges are numbered: two for each grid point, the one to its right and the one above it.
  std::size_t right_of(std::size_t i, std::size_t k) const { return 2 * (i * x_.size() + k); }
  std::size_t above(std::size_t i, std::size_t k) const { return right_of(i, k) + 1; }

  void square(std::size_t i, std::size_t k) {
    const std::array<double, 4> corner{at(i, k), at(i, k + 1), at(i + 1, k + 1), at(i + 1, k)};
    if (!std::all_of(corner.begin(), corner.end(), [](double v) { return std::isfinite(v); })) return;
    const std::array<std::size_t, 4> edge{right_of(i, k), above(i, k + 1), right_of(i + 1, k), above(i, k)};
    std::vector<std::size_t> crossed;
    for (std::size_t e = 0; e < 4; ++e)
      if ((corner[e] > 0) != (corner[(e + 1) % 4] > 0)) crossed.push_back(edge[e]);
    if (crossed.size() == 2) join(crossed[0], crossed[1]);
    if (crossed.size() == 4) {
      // A saddle: the middle decides which corners belong together.
      const bool middle = corner[0] + corner[1] + corner[2] + corner[3] > 0, first = corner[0] > 0;
      join(edge[0], edge[middle == first ? 1 : 3]);
      join(edge[2], edge[middle == first ? 3 : 1]);
    }
  }

  void join(std::size_t a, std::size_t b) {
    neighbours_[a].push_back(b);
    neighbours_[b].push_back(a);
  }

  plane_point crossing(std::size_t edge) const {
    const std::size_t point = edge / 2, i = point / x_.size(), k = point % x_.size();
    const bool upwards = edge % 2 == 1;
    const double from = values_[point], to = upwards ? at(i + 1, k) : at(i, k + 1), t = from / (from - to);
    return upwards ? plane_point{x_[k], y_[i] + t * (y_[i + 1] - y_[i])}
                   : plane_point{x_[k] + t * (x_[k + 1] - x_[k]), y_[i]};
  }

  // Takes the connections away as it goes.
  std::vector<plane_point> follow(std::size_t edge) {
    std::vector<plane_point> r{crossing(edge)};
    while (!neighbours_[edge].empty()) {
      const std::size_t next = neighbours_[edge].back();
      neighbours_[edge].pop_back();
      auto& back = neighbours_[next];
      back.erase(std::find(back.begin(), back.end(), edge));
      edge = next;
      r.push_back(crossing(edge));
    }
    return r;
  }

  const std::vector<double>&x_, &y_, &values_;
  std::map<std::size_t, std::vector<std::size_t>> neighbours_;
};

} // namespace

std::vector<std::vector<plane_point>> zero_curves(const std::vector<double>& x, const std::vector<double>& y,
                                                  const std::vector<double>& values) {
  return tracer(x, y, values).curves();
}

std::string as_csv(const std::vector<std::vector<plane_point>>& curves) {
  std::string r;
  for (const auto& curve : curves) {
    if (!r.empty()) r += "\n";
    for (const plane_point& p : curve) r += fmt::format("{:.9g},{:.9g}\n", p.x, p.y);
  }
  return r;
}

} // namespace tool
