#include "render/scene/threads.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

namespace render {

struct Threads::Impl {
    tbb::task_arena arena;
};

Threads::Threads(int count) : impl_(std::make_unique<Impl>()) {
    impl_->arena.initialize(count > 0 ? count : tbb::task_arena::automatic);
}
Threads::~Threads() = default;

int Threads::count() const { return impl_->arena.max_concurrency(); }

void Threads::for_each(int task_count, const std::function<void(int)>& task) const {
    impl_->arena.execute([&] {
        tbb::parallel_for(
            tbb::blocked_range<int>(0, task_count, 1),
            [&](const tbb::blocked_range<int>& range) {
                for (int i = range.begin(); i != range.end(); ++i) task(i);
            },
            tbb::simple_partitioner{});
    });
}

void run_alone(const std::function<void()>& work) {
    tbb::task_arena alone(1, 1);
    alone.execute([&] { tbb::this_task_arena::isolate(work); });
}

}  // namespace render
