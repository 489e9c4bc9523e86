// Who may write next, and who shares a commit. SQLite has one writer and every commit costs an
// fsync; transactions that wait for one another run as savepoints of one and share its fsync.
//
// A thread enters in the order of asking, does its work as a savepoint on the open transaction (or
// opens one) and either hands the open transaction on to the next that waits, or commits it for
// all. Everybody returns only after that commit, so what one reads of another's work is never lost
// alone.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>

#include "base/core/result.h"

namespace store {

class GroupCommit {
public:
    enum class Outcome { Committed, Again, Failed };  // Again: rolled back, run your work again

    struct Batch {
        int members = 0;
        std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
        std::optional<Outcome> outcome;
        base::Error error;
    };

    // Waits for its turn. The batch is new (members == 0: begin a transaction) or open.
    // `alone`: a new batch that nobody joins.
    std::shared_ptr<Batch> enter(bool alone);
    // Passes an open batch on to the next and waits for its outcome. False when nobody waits or the
    // batch is as large as it may become: then the caller must commit and call finish().
    bool hand_on(const std::shared_ptr<Batch>& batch);
    // Ends the batch for all its members and the turn of the caller.
    void finish(const std::shared_ptr<Batch>& batch, Outcome outcome,
                const base::Error& error = {});

private:
    struct Waiter {
        bool alone;
    };

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Waiter*> waiting_;
    std::shared_ptr<Batch> open_;
    bool busy_ = false;
};

}  // namespace store
