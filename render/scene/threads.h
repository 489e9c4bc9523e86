// Work sharing over a fixed number of threads (TBB inside). Everything that a renderer does in
// parallel goes through here, so that one setting rules and results never depend on it.
#pragma once

#include <functional>
#include <memory>

namespace render {

class Threads {
public:
    // 0 = all cores.
    explicit Threads(int count);
    ~Threads();

    int count() const;
    // Calls task(0) .. task(task_count - 1), each once, in any order, on any of the threads.
    // Tasks write to places of their own; nothing is reduced across tasks.
    void for_each(int task_count, const std::function<void(int)>& task) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// Runs on this thread alone, whatever tasks the callee starts. Tree builders are given one thread
// each because their parallel versions may order equal primitives differently from run to run.
void run_alone(const std::function<void()>& work);

}  // namespace render
