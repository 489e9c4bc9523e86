#include "tensor/core/parallel.h"

#include <algorithm>
#include <thread>

#ifdef _OPENMP
#include <omp.h>
#endif

namespace tensor {
namespace {
int chosen = 0;
thread_local int alone = 0;
}  // namespace

void set_threads(int count) {
    chosen = std::max(count, 0);
#ifdef _OPENMP
    omp_set_num_threads(threads());
#endif
}

int threads() {
    if (alone > 0) return 1;
    if (chosen > 0) return chosen;
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

OneThread::OneThread(bool on) : on_(on) {
    if (!on_) return;
    ++alone;
#ifdef _OPENMP
    omp_set_num_threads(1);
#endif
}

OneThread::~OneThread() {
    if (!on_) return;
    --alone;
#ifdef _OPENMP
    omp_set_num_threads(threads());
#endif
}

void parallel_for(int64_t count, int64_t grain,
                  const std::function<void(int64_t begin, int64_t end)>& body) {
    if (count <= 0) return;
    [[maybe_unused]] const int64_t pieces =
        std::clamp<int64_t>(count / std::max<int64_t>(grain, 1), 1, threads());
#ifdef _OPENMP
    if (pieces > 1 && !omp_in_parallel()) {
        // More pieces than threads, so that a descheduled core does not hold the others up.
        const int64_t parts =
            std::clamp<int64_t>(count / std::max<int64_t>(grain, 1), pieces, pieces * 4);
#pragma omp parallel for num_threads(static_cast <int>(pieces)) schedule(dynamic, 1)
        for (int64_t p = 0; p < parts; ++p) body(count * p / parts, count * (p + 1) / parts);
        return;
    }
#endif
    body(0, count);
}

}  // namespace tensor
