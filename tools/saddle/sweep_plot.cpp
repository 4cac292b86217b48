#include "sweep_plot.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "contour.hpp"
#include "output_file.hpp"
#include "sweep_theory.hpp"

namespace tool {
namespace {

using saddle::regime;

// A regime is a band of the palette; within it a faster change is darker.
struct shade {
  regime what;
  const char *light, *dark, *title;
};
constexpr std::array<shade, 5> shades{{{regime::converges, "#dbe9f6", "#5b9bd0", "converges"},
                                       {regime::oscillates, "#dff2e1", "#5fb474", "converges, oscillating"},
                                       {regime::marginal, "#e6e6e6", "#e6e6e6", "neither"},
                                       {regime::diverges, "#fde3cf", "#ee8f4c", "diverges"},
                                       {regime::undefined, "#ffffff", "#ffffff", "undefined"}}};

double scaled(const values_of& v, double x) { return v.logarithmic ? std::log10(x) : x; }

// Names as people write them: Greek where one has a letter, g and d for the players of a GAN.
std::string symbol(const std::string& name, const sweep_plan& p) {
  const bool gan = p.game.what != nullptr && p.game.what->name.ends_with("_gan");
  const std::size_t end = std::min(name.find('_'), name.size());
  std::string r = name.substr(0, end);
  for (const auto& [word, letter] : {std::pair{"eta", "η"}, {"gamma", "γ"}, {"lambda", "λ"}, {"sigma", "σ"}})
    if (r == word) r = letter;
  if (name.ends_with("_theta")) r += gan ? "_g" : "_θ";
  if (name.ends_with("_omega")) r += gan ? "_d" : "_ω";
  return r;
}

std::string axis_title(const sweep_plan& p, const values_of& v) {
  std::string short_name = symbol(v.name, p);
  if (short_name == "η_g") return short_name + ", the generator's step";
  if (short_name == "η_d") return short_name + ", the discriminator's step";
  return short_name;
}

// Tics of a logarithmic axis, which is drawn in log₁₀: decades, with 2 and 5 where there are few of them.
std::string tics(char axis, const values_of& v) {
  if (!v.logarithmic) return fmt::format("set {}tics auto\n", axis);
  const double low = std::log10(v.values.front()), high = std::log10(v.values.back());
  std::string r;
  for (int decade = static_cast<int>(std::floor(low)); decade <= static_cast<int>(std::ceil(high)); ++decade)
    for (const int digit : {1, 2, 3, 4, 5, 6, 7, 8, 9}) {
      const double x = digit * std::pow(10.0, decade), place = std::log10(x);
      if (place < low - 1e-9 || place > high + 1e-9) continue;
      const bool labelled = digit == 1 || (high - low < 2.6 && (digit == 2 || digit == 5));
      r += fmt::format("{}'{}' {:.9g} {}", r.empty() ? "" : ", ", labelled ? fmt::format("{:g}", x) : "", place,
                       labelled ? 0 : 1);
    }
  return fmt::format("set {}tics ({})\n", axis, r);
}

// Places of the middle of the cells, and half a cell of room at both ends.
std::string window(char axis, const values_of& v) {
  const double low = scaled(v, v.values.front()), high = scaled(v, v.values.back());
  const double half = (high - low) / static_cast<double>(v.values.size() - 1) / 2;
  return fmt::format("set {}range [{:.12g}:{:.12g}]\n", axis, low - half, high + half);
}

// How fast: decades of |log rate| from 1e-4 to 1, as a number from 0 to 1.
double speed(double rate) {
  if (!(rate > 0)) return std::isnan(rate) ? 0 : 1;
  return std::clamp((std::log10(std::abs(std::log(rate))) + 4) / 4, 0.0, 1.0);
}

// The middle of a regime's band: colours at its ends are blends with those of its neighbours.
double banded(regime what, double rate) { return static_cast<int>(what) + 0.03 + 0.94 * speed(rate); }

// A block of the data file: what stands between two empty lines and the next two.
class blocks {
public:
  /// Returns the number by which gnuplot knows the block.
  std::size_t add(const std::string& comment, const std::string& text) {
    text_ += fmt::format("{}# {}\n{}", count_ == 0 ? "" : "\n\n", comment, text);
    return count_++;
  }
  const std::string& text() const { return text_; }

private:
  std::string text_;
  std::size_t count_ = 0;
};

// Those of one panel. `apart`: only cells where prediction and simulation differ.
std::string cells_data(const sweep_plan& p, const std::vector<sweep_row>& rows, std::size_t panel, bool apart) {
  std::string r;
  const values_of &x = p.quantities[p.x], &y = p.quantities[p.y];
  for (std::size_t i = 0; i < p.rows_a_panel(); ++i)
    for (std::size_t k = 0; k < p.columns(); ++k) {
      const cell c = rows[panel * p.rows_a_panel() + i][k];
      if (apart && c.predicted.regime == c.simulated.regime) continue;
      const bool predicted = p.method == sweep_method::prediction;
      const regime what = predicted ? c.predicted.regime : c.simulated.regime;
      const double rate = predicted ? c.predicted.rate : c.simulated.rate;
      r += fmt::format("{:.9g},{:.9g},{:.4f}\n", scaled(x, x.values[k]), scaled(y, y.values[i]), banded(what, rate));
    }
  return r;
}

// On a grid as fine as curves need, in the coordinates of the axes.
std::string boundary_data(const sweep_plan& p, const boundary& b, std::size_t panel) {
  constexpr std::size_t points = 200;
  const auto places = [](const values_of& v) {
    const double low = scaled(v, v.values.front()), high = scaled(v, v.values.back());
    std::vector<double> r;
    for (std::size_t k = 0; k <= points; ++k) r.push_back(low + (high - low) * static_cast<double>(k) / points);
    return r;
  };
  const values_of &x = p.quantities[p.x], &y = p.quantities[p.y];
  const std::vector<double> columns = places(x), rows = places(y);
  std::vector<double> sides;
  auto values = values_at(p, 0, panel * p.rows_a_panel());
  for (const double y_place : rows)
    for (const double x_place : columns) {
      values[p.x] = x.logarithmic ? std::pow(10, x_place) : x_place;
      values[p.y] = y.logarithmic ? std::pow(10, y_place) : y_place;
      sides.push_back(b.side(p, values));
    }
  return as_csv(zero_curves(columns, rows, sides));
}

std::string heading(const sweep_plan& p) {
  std::string r = fmt::format("{} on {}", p.rule, p.game.label());
  std::replace(r.begin(), r.end(), '_', ' ');
  for (std::size_t k = p.game.given.size(); k < p.quantities.size(); ++k)
    if (p.quantities[k].values.size() == 1)
      r += fmt::format(", {} = {:g}", symbol(p.quantities[k].name, p), p.quantities[k].values[0]);
  const char* by[] = {"prediction", "simulation", "simulation"};
  r += fmt::format(" — by {}", by[static_cast<int>(p.method)]);
  if (p.method != sweep_method::prediction) r += fmt::format(" of {} steps", p.steps);
  return r;
}

// Only what occurs is explained.
bool occurs(regime what, const sweep_plan& p, const std::vector<sweep_row>& rows) {
  return std::any_of(rows.begin(), rows.end(), [&](const sweep_row& row) {
    for (std::size_t k = 0; k < row.size(); ++k)
      if (what == (p.method == sweep_method::prediction ? row[k].predicted.regime : row[k].simulated.regime))
        return true;
    return false;
  });
}

constexpr const char* line_styles[] = {"lw 2.5 lc rgb '#1b1b1b'", "lw 2.5 dt (8,4) lc rgb '#1f3f8f'",
                                       "lw 2.5 dt (2,3) lc rgb '#8e1b3a'", "lw 1.5 lc rgb '#6a6a6a'"};

} // namespace

void plot_sweep(const picture& to, const sweep_plan& p, const std::vector<sweep_row>& rows) {
  if (!p.has_y()) throw usage_error{"--plot: a diagram needs two ranges; one is a table"};
  const std::size_t panels = p.panels(), width = 200 + 400 * panels;
  const std::vector<boundary> boundaries = boundaries_of(p);
  const std::string source = to.source();
  const double pixel = 1 / static_cast<double>(width);

  std::string script = "set datafile separator ','\nset tics out nomirror\nset border 15 lw 0.8\nunset colorbox\n"
                       "set palette maxcolors 500 defined (";
  for (std::size_t k = 0; k < shades.size(); ++k)
    script += fmt::format("{}{:.3f} '{}', {:.3f} '{}'", k == 0 ? "" : ", ", static_cast<double>(k) + 0.02,
                          shades[k].light, static_cast<double>(k) + 0.98, shades[k].dark);
  script += ")\nset cbrange [0:5]\n";
  script += tics('x', p.quantities[p.x]) + window('x', p.quantities[p.x]);
  script += tics('y', p.quantities[p.y]) + window('y', p.quantities[p.y]);
  script += fmt::format("set xlabel {}\nset ylabel {}\n", gnuplot_quoted(axis_title(p, p.quantities[p.x])),
                        gnuplot_quoted(axis_title(p, p.quantities[p.y])));
  script += fmt::format("set multiplot layout 1,{} margins screen {:.4f},{:.4f},0.27,0.86 spacing {:.4f},0 title {}\n",
                        panels, 85 * pixel, 1 - 25 * pixel, 55 * pixel, gnuplot_quoted(heading(p)));

  blocks data;
  // A panel's plots, and an empty one for each line of the legend, which stands below all of them.
  std::string legend;
  for (std::size_t b = 0; b < boundaries.size(); ++b)
    legend += fmt::format(", \\\n  NaN with lines {} title {}", line_styles[b],
                          gnuplot_quoted("theory: " + boundaries[b].title));
  for (const shade& s : shades)
    if (occurs(s.what, p, rows))
      legend += fmt::format(", \\\n  NaN with boxes fs solid noborder lc rgb '{}' title '{}'", s.dark, s.title);
  if (p.method == sweep_method::both && disagreements(rows) > 0)
    legend += ", \\\n  NaN with points pt 7 ps 0.8 lc rgb '#c2185b' title 'prediction disagrees'";

  for (std::size_t panel = 0; panel < panels; ++panel) {
    if (p.has_panels())
      script += fmt::format("set title {} offset 0,-0.6\n",
                            gnuplot_quoted(fmt::format("{} = {:g}", axis_title(p, p.quantities[p.panel]),
                                                       p.quantities[p.panel].values[panel])));
    if (panel > 0) script += "unset ylabel\n";
    const bool last = panel + 1 == panels;
    // Where a legend of so many columns is too wide, gnuplot leaves out the first ones without a word.
    script +=
        last ? "set key at screen 0.5,0.075 center center vertical maxrows 3 Left reverse samplen 2.5 spacing 1.15\n"
             : "unset key\n";
    const std::size_t cells = data.add(fmt::format("cells of panel {}: x, y, regime.speed; axes that are logarithmic "
                                                   "in log10",
                                                   panel),
                                       cells_data(p, rows, panel, false));
    script += fmt::format("plot {} index {} using 1:2:3 with image notitle", source, cells);
    for (std::size_t b = 0; b < boundaries.size(); ++b) {
      const std::string curve = boundary_data(p, boundaries[b], panel);
      if (curve.empty()) continue;
      script += fmt::format(", \\\n  {} index {} using 1:2 with lines {} notitle", source,
                            data.add(boundaries[b].title, curve), line_styles[b]);
    }
    const std::string apart = p.method == sweep_method::both ? cells_data(p, rows, panel, true) : "";
    if (!apart.empty())
      script += fmt::format(", \\\n  {} index {} using 1:2 with points pt 7 ps 0.22 lc rgb '#c2185b' notitle", source,
                            data.add("cells where prediction and simulation disagree", apart));
    script += (last ? legend : "") + "\n";
  }
  script += "unset multiplot\n";
  draw(to, static_cast<int>(width), 540, data.text(), script);
}

} // namespace tool
