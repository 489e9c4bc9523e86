// The room's one way to use several cores: OpenMP, because oneDNN's pool is OpenMP too and two
// pools would fight. Never nested.
#pragma once

#include <cstdint>
#include <functional>

namespace tensor {

// 0: as many as the machine has (the start value). Results are the same for equal counts.
void set_threads(int count);
int threads();

// body(begin, end) over [0, count) in pieces of at least `grain`; returns when all are done. Inside
// another parallel_for it runs on the calling thread. The body must not throw.
void parallel_for(int64_t count, int64_t grain,
                  const std::function<void(int64_t begin, int64_t end)>& body);

// While it lives and `on`, threads() is 1 on this thread, for libraries on OpenMP too: for work
// that is over before another thread has woken, or that would wait long for one on a busy machine.
class OneThread {
public:
    explicit OneThread(bool on);
    ~OneThread();
    OneThread(const OneThread&) = delete;
    OneThread& operator=(const OneThread&) = delete;

private:
    bool on_;
};

}  // namespace tensor
