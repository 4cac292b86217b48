#include "spectrum_plot.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "contour.hpp"
#include "output_file.hpp"
#include "spectrum.hpp"

namespace tool {
namespace {

struct part_of_plane {
  double left = 0, right = 0, top = 0; ///< the plane is symmetric about the real axis
};

// The origin and all eigenvalues, with room around them, neither side less than a third of the other.
part_of_plane window_of(const std::vector<std::vector<std::complex<double>>>& spectra) {
  double left = 0, right = 0, top = 0;
  for (const auto& s : spectra)
    for (const auto& x : s) {
      left = std::min(left, x.real());
      right = std::max(right, x.real());
      top = std::max(top, std::abs(x.imag()));
    }
  const double size = std::max({right - left, 2 * top, 1e-300});
  const double missing = std::max(0.0, 0.6 * size - (right - left)) / 2, room = 0.12 * size;
  return {left - missing - room, right + missing + room, std::max(top, 0.3 * size) + room};
}

} // namespace

void plot_spectra(const picture& to, const std::vector<std::vector<std::complex<double>>>& spectra,
                  const drawn_rule& rule) {
  std::optional<growth_of_rule> growth;
  if (!rule.name.empty()) growth.emplace(rule.name, rule.eta, rule.gamma);
  const part_of_plane w = window_of(spectra);
  const double aspect = (w.right - w.left) / (2 * w.top);
  const int width = static_cast<int>(180 + std::clamp(620 * aspect, 320.0, 1240.0));

  std::string data = "# matrix, Re, Im of each eigenvalue\n";
  for (std::size_t k = 0; k < spectra.size(); ++k)
    for (const auto& x : spectra[k]) data += fmt::format("{},{},{}\n", k + 1, x.real(), x.imag());
  std::string edge;
  if (growth) {
    constexpr std::size_t points = 240;
    std::vector<double> re, im, excess;
    for (std::size_t k = 0; k <= points; ++k) {
      const double t = static_cast<double>(k) / points;
      re.push_back(w.left + (w.right - w.left) * t);
      im.push_back(w.top * (2 * t - 1));
    }
    data += "\n\n# Re, Im, 0 where a step at this eigenvalue converges\n";
    for (const double y : im)
      for (const double x : re) {
        excess.push_back((*growth)({x, y}) - 1);
        data += fmt::format("{:.9g},{:.9g},{}\n", x, y, excess.back() < 0 ? 0 : 1);
      }
    edge = as_csv(zero_curves(re, im, excess));
    if (!edge.empty()) data += "\n\n# its edge\n" + edge;
  }

  const std::string source = to.source();
  std::string script = fmt::format("set datafile separator ','\n"
                                   "set xrange [{}:{}]\nset yrange [{}:{}]\nset size ratio -1\n"
                                   "set xlabel 'Re'\nset ylabel 'Im'\n"
                                   "set arrow from graph 0, first 0 to graph 1, first 0 nohead front lc rgb '#888888'\n"
                                   "set arrow from first 0, graph 0 to first 0, graph 1 nohead front lc rgb '#888888'\n"
                                   "set key outside bottom center horizontal\nset tics out nomirror\nset border 3\n",
                                   w.left, w.right, -w.top, w.top);
  if (growth) script += "set palette defined (0 '#cfe3f5', 1 '#ffffff')\nset cbrange [0:1]\nunset colorbox\n";
  script += "plot ";
  if (growth)
    script += fmt::format("{} index 1 using 1:2:3 with image notitle, \\\n"
                          "  NaN with boxes fs solid noborder lc rgb '#cfe3f5' title {}, \\\n  ",
                          source, gnuplot_quoted(fmt::format("{} converges at η = {:.6g}", rule.name, rule.eta)));
  if (!edge.empty())
    script += fmt::format("{} index 2 using 1:2 with lines lw 1.5 lc rgb '#2f6fab' notitle, \\\n  ", source);
  script += fmt::format("{} index 0 using 2:3 with points pt 7 ps 1.1 lc rgb '#c0392b' title 'eigenvalues'\n", source);
  draw(to, width, 760, data, script);
}

} // namespace tool
