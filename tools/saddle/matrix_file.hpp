/// Matrices from files of four formats; docs/matrix-formats.md describes what is read and what is refused.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "games_file.hpp"

namespace tool {

/// Rows and columns of a matrix that is read: no more than the eigenvalue kernel takes.
inline constexpr std::size_t largest_matrix = 32;

/// A matrix of finite numbers, row by row.
struct matrix {
  std::size_t rows = 0, columns = 0;
  std::vector<double> values;
  std::optional<place> where; ///< of its first row; nothing in a binary file

  double operator()(std::size_t i, std::size_t k) const { return values[i * columns + k]; }
};

/// All matrices of a file, at least one; "-" is the standard input. Throws file_error at the first thing that is wrong.
std::vector<matrix> read_matrices(const std::string& file);

/// The same from the contents of a file; `name` stands for it in messages.
std::vector<matrix> parse_matrices(std::string_view contents, const std::string& name);

/// Throws file_error for the first matrix that is not square.
void require_square(const std::vector<matrix>& all, const std::string& name);

/// Whether a line is the banner of a Matrix Market file, or so nearly one that it is no comment.
bool looks_like_banner(std::string_view line);

// One for each format.
std::vector<matrix> parse_plain_matrices(std::string_view contents, const std::string& name);
std::vector<matrix> parse_matrix_market(std::string_view contents, const std::string& name);
std::vector<matrix> parse_npy(std::string_view contents, const std::string& name);

} // namespace tool
