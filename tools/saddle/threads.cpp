#include "threads.hpp"

#include <utility>

namespace tool {

text_queue::text_queue(std::size_t room, std::function<void(std::string_view, std::size_t)> write)
    : write_(std::move(write)), slots_(room) {}

std::vector<char>* text_queue::place_of(std::size_t k) {
  std::unique_lock lock(mutex_);
  moved_on_.wait(lock, [&] { return abandoned_ || k < written_ + slots_.size(); });
  return abandoned_ ? nullptr : &slots_[k % slots_.size()].text;
}

void text_queue::bring(std::size_t k) {
  std::unique_lock lock(mutex_);
  slots_[k % slots_.size()].made = true;
  if (writing_) return;
  writing_ = true;
  for (slot* s; s = &slots_[written_ % slots_.size()], s->made && !abandoned_;) {
    lock.unlock();
    write_({s->text.data(), s->text.size()}, written_);
    lock.lock();
    s->made = false;
    ++written_;
    moved_on_.notify_all();
  }
  writing_ = false;
}

void text_queue::abandon() {
  const std::lock_guard lock(mutex_);
  abandoned_ = true;
  moved_on_.notify_all();
}

} // namespace tool
