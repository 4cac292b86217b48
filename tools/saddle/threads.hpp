/// Work that several threads share.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

namespace tool {

/// Does what there is to do for all numbers below `count`, on several threads, each of which takes the next number that
/// nobody has taken. begin() is called on each of them, and what it returns is called with the numbers that this one takes:
/// it may have memory of its own. The first exception ends it all and is thrown.
template <class Begin> void on_threads(unsigned threads, std::size_t count, const Begin& begin) {
  std::atomic<std::size_t> next{0};
  std::mutex one_at_a_time;
  std::exception_ptr failure;
  const auto take = [&] {
    try {
      auto work = begin();
      for (std::size_t k = next++; k < count; k = next++) work(k);
    } catch (...) {
      const std::lock_guard lock(one_at_a_time);
      if (!failure) failure = std::current_exception();
      next = count;
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t k = 1; k < std::min<std::size_t>(threads, count); ++k) others.emplace_back(take);
    take();
  }
  if (failure) std::rethrow_exception(failure);
}

/// Texts on their way from the threads that make them to the one place where they are written in order. There is memory for
/// `room` of them, which is used again.
class text_queue {
public:
  text_queue(std::size_t room, std::function<void(std::string_view, std::size_t)> write);

  /// Where text k is to be made, as soon as text k − room is written; null if it never will be.
  std::vector<char>* place_of(std::size_t k);
  /// Text k is made. Who brings the one whose turn it is writes it, and those behind it that others bring meanwhile.
  void bring(std::size_t k);
  /// A text will not come: nobody is to wait any longer.
  void abandon();

private:
  struct slot {
    std::vector<char> text;
    bool made = false;
  };
  std::function<void(std::string_view, std::size_t)> write_;
  std::mutex mutex_;
  std::condition_variable moved_on_;
  std::vector<slot> slots_; ///< text k is in slot k modulo their number
  std::size_t written_ = 0;
  bool writing_ = false, abandoned_ = false;
};

/// Makes `count` texts on several threads and writes them in order. begin() is called on each thread and returns a function
/// (k, text) that puts number k in place of `text`; write(text, k) is called for one after the other, on any of the threads.
/// The first exception of either ends it all and is thrown.
template <class Begin> void write_in_order(unsigned threads, std::size_t count, const Begin& begin,
                                           const std::function<void(std::string_view, std::size_t)>& write) {
  // With a few texts for each thread none waits while another writes; one that is alone has the same memory each time.
  text_queue texts(threads > 1 ? 4 * threads : 1, write);
  on_threads(threads, count, [&] {
    return [&texts, make = begin()](std::size_t k) mutable {
      try {
        if (std::vector<char>* const text = texts.place_of(k)) {
          make(k, *text);
          texts.bring(k);
        }
      } catch (...) {
        texts.abandon();
        throw;
      }
    };
  });
}

} // namespace tool
