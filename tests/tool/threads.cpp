// Work on several threads: texts in order, in little memory, and exceptions from wherever.
#include "threads.hpp"

#include <atomic>
#include <chrono>
#include <set>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace {

const std::string& expected(std::size_t count) {
  static std::string text;
  text.clear();
  for (std::size_t k = 0; k < count; ++k) text += std::to_string(k) + '\n';
  return text;
}

void put(std::size_t k, std::vector<char>& text) {
  text.reserve(16); // no line is longer: each text stays where it was first
  const std::string line = std::to_string(k) + '\n';
  text.assign(line.begin(), line.end());
}

TEST(threads, take_every_number_once) {
  for (const unsigned threads : {0u, 1u, 2u, 5u, 40u}) {
    std::vector<std::atomic<int>> taken(23);
    std::atomic<unsigned> begun{0};
    tool::on_threads(threads, taken.size(), [&] {
      ++begun;
      return [&](std::size_t k) { ++taken[k]; };
    });
    for (const auto& times : taken) EXPECT_EQ(times, 1);
    EXPECT_EQ(begun, std::clamp(threads, 1u, 23u)); // as many as there is work for
  }
  tool::on_threads(3, 0, [] { return [](std::size_t) { FAIL(); }; });
}

TEST(threads, texts_are_written_in_order) {
  for (const unsigned threads : {0u, 1u, 2u, 3u, 8u})
    for (const std::size_t count : {0u, 1u, 7u, 500u}) {
      std::string all;
      std::size_t next = 0;
      const auto begin = [] {
        return [](std::size_t k, std::vector<char>& text) {
          // Some take long, so that others are made before them.
          if (k % 16 == 0) std::this_thread::sleep_for(std::chrono::microseconds(300));
          put(k, text);
        };
      };
      tool::write_in_order(threads, count, begin, [&](std::string_view text, std::size_t k) {
        EXPECT_EQ(k, next++);
        all += text;
      });
      EXPECT_EQ(all, expected(count)) << threads;
    }
}

// However slow the first text or the writing is, few are kept.
TEST(threads, memory_is_used_again) {
  std::set<const char*> places;
  const auto begin = [] { return [](std::size_t k, std::vector<char>& text) { put(k, text); }; };
  tool::write_in_order(3, 400, begin, [&](std::string_view text, std::size_t k) {
    if (k % 50 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    places.insert(text.data());
  });
  EXPECT_LE(places.size(), 12u);
}

// Whoever fails, and wherever the others wait: the end comes, with what was thrown.
TEST(threads, an_exception_ends_it_all) {
  const auto fail_at = [](std::size_t k, std::size_t bad, const char* who) {
    if (k == bad) throw std::runtime_error(who);
  };
  for (const unsigned threads : {1u, 2u, 4u})
    for (const std::size_t bad : {0u, 1u, 57u, 299u})
      for (const bool while_writing : {false, true}) {
        std::string all;
        const auto begin = [&] {
          return [&](std::size_t k, std::vector<char>& text) {
            if (!while_writing) {
              // The others run into the end of the memory meanwhile.
              if (k == bad) std::this_thread::sleep_for(std::chrono::milliseconds(1));
              fail_at(k, bad, "maker");
            }
            put(k, text);
          };
        };
        const auto write = [&](std::string_view text, std::size_t k) {
          if (while_writing) fail_at(k, bad, "writer");
          all += text;
        };
        try {
          tool::write_in_order(threads, 300, begin, write);
          ADD_FAILURE() << "nothing was thrown";
        } catch (const std::runtime_error& e) { EXPECT_STREQ(e.what(), while_writing ? "writer" : "maker"); }
        EXPECT_EQ(all, expected(bad).substr(0, all.size()));
      }
  EXPECT_THROW(tool::write_in_order(
                   2, 9,
                   []() -> std::function<void(std::size_t, std::vector<char>&)> { throw std::runtime_error("begin"); },
                   [](std::string_view, std::size_t) {}),
               std::runtime_error);
}

} // namespace
