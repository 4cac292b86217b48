/// The linear iteration of each rule on a quadratic game, written down from the papers in long double: z⁺ = T z around the
/// equilibrium, with M = [A C; −Cᵀ B] and one step a player in H = diag(ηθ I, ηω I), Γ = diag(γθ I, γω I).
///
/// published_matrix(rule, game, parameters) of each rule has a file, dynamics/iteration/<rule>.hpp. A rule that remembers a
/// point has T on (z, z₋), twice the size.
#pragma once

#include <type_traits>

#include <saddle/registry.hpp>

#include "linear_game.hpp"
// Written by tests/CMakeLists.txt: includes every file that there is.
#include "published_matrices.hpp"

namespace saddle_test {

template <class Rule>
concept has_published_matrix = requires(const linear_game& g,
                                        const saddle::parameters_t<Rule, saddle::point<double, 1, 1>>& p) {
  published_matrix(Rule{}, g, p);
};

namespace detail {
template <class...> struct joined;
template <template <class...> class Types, class... A> struct joined<Types<A...>> { using type = Types<A...>; };
template <template <class...> class Types, class... A, class... B, class... More>
struct joined<Types<A...>, Types<B...>, More...> : joined<Types<A..., B...>, More...> {};

template <template <class...> class Types, class Entries> struct with_published_matrix;
template <template <class...> class Types, class... Rules>
struct with_published_matrix<Types, saddle::registry::list<saddle::registry::rule<Rules>...>>
    : joined<Types<>, std::conditional_t<has_published_matrix<Rules>, Types<Rules>, Types<>>...> {};
} // namespace detail

/// Types<Rule...> with every registered rule whose matrix is written down.
template <template <class...> class Types> using rules_with_published_matrix =
    typename detail::with_published_matrix<Types, saddle::registry::all_dynamics>::type;

} // namespace saddle_test
