// Threads that help the thread of TensorFlow's which runs an op of ours: its own are out of reach
// of ops that are written against its C interface.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace tfnodejs {

// As many as processors, the caller counted, or what limits TensorFlow's.
inline int ThreadsInAll() {
  // OpenBLAS ends the process where more threads come to it than it was built for (64).
  constexpr int kMost = 32;
  const char* setting = std::getenv("TF_NUM_INTRAOP_THREADS");
  const int set = setting == nullptr ? 0 : std::atoi(setting);
  const int processors = static_cast<int>(std::thread::hardware_concurrency());
  return std::clamp(set > 0 ? set : processors, 1, kMost);
}

// Lets the processor rest for some nanoseconds.
inline void Pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

class Workers {
 public:
  // The process's. Never deleted: its threads sleep until the process ends.
  static Workers& Ours() {
    static auto* workers = new Workers(ThreadsInAll());
    return *workers;
  }

  // Whether the calling thread is to do without help.
  static bool& Alone() {
    thread_local bool alone = false;
    return alone;
  }

  // Handing a part over takes as long as about so many numbers.
  static constexpr int64_t kSmall = 32768;

  // Does 0 to size - 1 in stretches that begin at multiples of a unit: one for each thread, or one
  // for all where it is small.
  void Share(int64_t size, int64_t unit, bool small,
             const std::function<void(int64_t from, int64_t to)>& stretch) {
    int64_t step = small ? std::max<int64_t>(size, 1) : (size + threads_ - 1) / threads_;
    step = (step + unit - 1) / unit * unit;
    Do((size + step - 1) / step, [&](int part) {
      stretch(part * step, std::min((part + 1) * step, size));
    });
  }

  // The same for numbers that lie side by side.
  void Share(int64_t size, const std::function<void(int64_t from, int64_t to)>& stretch) {
    Share(size, 1024, size < kSmall, stretch);
  }

  // Does the parts 0 to parts - 1, whoever comes first, and returns when all are done. While another
  // thread's parts are under way, or where the caller is to work alone, it does all.
  void Do(int parts, const std::function<void(int)>& part) {
    std::unique_lock<std::mutex> turn(turn_, std::try_to_lock);
    if (parts == 1 || !turn || Alone()) {
      for (int i = 0; i < parts; i++) part(i);
      return;
    }
    const auto job = std::make_shared<Job>(parts, part);
    {
      std::lock_guard<std::mutex> lock(news_);
      job_ = job;
      posted_++;
    }
    if (threads_ > 2) {
      awake_.notify_all();
    } else {
      awake_.notify_one();
    }
    job->Help();
    while (job->left > 0) std::this_thread::yield();
  }

 private:
  struct Job {
    Job(int parts, const std::function<void(int)>& part) : parts(parts), left(parts), part(part) {}

    // Takes parts while there are some. Who comes late takes none, and does not call `part`.
    void Help() {
      for (int i = next++; i < parts; i = next++) {
        part(i);
        left--;
      }
    }

    const int parts;
    std::atomic<int> next{0};
    std::atomic<int> left;
    const std::function<void(int)>& part;
  };

  explicit Workers(int threads) : threads_(threads) {
    for (int i = 1; i < threads; i++) std::thread([this] { Work(); }).detach();
  }

  void Work() {
    // Some 150 microseconds, in which the next job mostly comes; waking takes 50.
    constexpr int kPatience = 6000;
    for (int64_t seen = 0;;) {
      for (int i = 0; i < kPatience && posted_ == seen; i++) Pause();
      std::shared_ptr<Job> job;
      {
        std::unique_lock<std::mutex> lock(news_);
        awake_.wait(lock, [&] { return posted_ != seen; });
        seen = posted_;
        job = job_;
      }
      job->Help();
    }
  }

  const int threads_;
  std::mutex turn_;
  std::mutex news_;
  std::condition_variable awake_;
  std::shared_ptr<Job> job_;
  std::atomic<int64_t> posted_{0};
};

}  // namespace tfnodejs
