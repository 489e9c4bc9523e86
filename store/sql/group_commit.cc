#include "store/sql/group_commit.h"

namespace store {
namespace {

// An fsync takes from 0.1 ms (a good SSD) to 10 ms (a disk); a batch that grows longer than that
// only makes its first members wait.
constexpr int kMostMembers = 64;
constexpr std::chrono::milliseconds kLongest{10};

}  // namespace

std::shared_ptr<GroupCommit::Batch> GroupCommit::enter(bool alone) {
    std::unique_lock lock(mutex_);
    Waiter self{alone};
    waiting_.push_back(&self);
    changed_.wait(lock, [&] { return !busy_ && waiting_.front() == &self; });
    waiting_.pop_front();
    busy_ = true;
    if (!open_) open_ = std::make_shared<Batch>();
    return open_;
}

bool GroupCommit::hand_on(const std::shared_ptr<Batch>& batch) {
    std::unique_lock lock(mutex_);
    if (waiting_.empty() || waiting_.front()->alone || batch->members >= kMostMembers ||
        std::chrono::steady_clock::now() - batch->began > kLongest) {
        return false;
    }
    busy_ = false;
    changed_.notify_all();
    changed_.wait(lock, [&] { return batch->outcome.has_value(); });
    return true;
}

void GroupCommit::finish(const std::shared_ptr<Batch>& batch, Outcome outcome,
                         const base::Error& error) {
    const std::lock_guard lock(mutex_);
    batch->outcome = outcome;
    batch->error = error;
    open_.reset();
    busy_ = false;
    changed_.notify_all();
}

}  // namespace store
