#include "matrix_file.hpp"

#include <fmt/format.h>

#include "input_text.hpp"

namespace tool {

namespace {

// Whether a banner comes before all that is no comment.
bool is_matrix_market(std::string_view contents, const std::string& name) {
  line_reader in(contents, name);
  while (in.next()) {
    if (looks_like_banner(in.line())) return true;
    if (!in.words("#%").empty()) return false;
  }
  return false;
}

} // namespace

std::vector<matrix> parse_matrices(std::string_view contents, const std::string& name) {
  if (contents.starts_with("\x93NUMPY")) return parse_npy(contents, name);
  if (is_matrix_market(contents, name)) return parse_matrix_market(contents, name);
  return parse_plain_matrices(contents, name);
}

std::vector<matrix> read_matrices(const std::string& file) {
  return parse_matrices(read_all(file), display_name(file));
}

void require_square(const std::vector<matrix>& all, const std::string& name) {
  for (std::size_t k = 0; k < all.size(); ++k)
    if (all[k].rows != all[k].columns)
      throw file_error{name, all[k].where,
                       fmt::format("matrix {} has {} row{} of {}: it is not square", k + 1, all[k].rows,
                                   all[k].rows == 1 ? "" : "s", all[k].columns)};
}

} // namespace tool
