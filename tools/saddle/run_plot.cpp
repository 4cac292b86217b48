#include "run_plot.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "output_file.hpp"

namespace tool {

std::string trajectory_csv(const run_result& r, const std::vector<std::string>& names) {
  std::string text = "step,residual";
  for (const auto& name : names) text += "," + name;
  text += "\n";
  for (const run_row& row : r.rows) {
    text += fmt::format("{},{}", row.step, row.residual);
    for (const double x : row.coordinates) text += fmt::format(",{}", x);
    text += "\n";
  }
  return text;
}

void plot_run(const picture& to, const std::string& title, const run_result& r, const std::vector<std::string>& names,
              double predicted_rate) {
  const std::string source = to.source();
  const std::size_t first = 3, second = 3 + r.sizes[0];
  std::string script = fmt::format(
      "set datafile separator ','\nset tics out nomirror\nset border 3\n"
      "set multiplot layout 1,2 title {} noenhanced\n"
      "set key top right\nset xlabel '{}' noenhanced\nset ylabel '{}' noenhanced\nset size square\n"
      "plot {} every ::1 using {}:{} with linespoints pt 7 ps 0.25 lw 0.6 lc rgb '#2f6fab' notitle, \\\n"
      "  '' every ::1::1 using {}:{} with points pt 6 ps 1.4 lw 2 lc rgb '#333333' title 'start'\n"
      "set size nosquare\nset xlabel 'step'\nset ylabel '|F|'\nset logscale y\nset format y '10^{{%T}}'\n"
      "plot {} every ::1 using 1:2 with lines lw 2 lc rgb '#2f6fab' title 'measured'",
      gnuplot_quoted(title), names[first - 3], names[second - 3], source, first, second, first, second, source);
  // A line of the predicted slope, drawn as far as numbers reach.
  if (std::isfinite(predicted_rate) && predicted_rate > 0 && r.rows.size() > 1)
    script += fmt::format(", \\\n  [0:{}] {}*exp(x*{}) with lines dt 2 lw 1.5 lc rgb '#c0392b' title 'predicted rate'",
                          r.steps, std::max(r.rows.front().residual, 1e-300), std::log(predicted_rate));
  script += "\nunset multiplot\n";
  draw(to, 1080, 520, trajectory_csv(r, names), script);
}

} // namespace tool
