#include "store/queue/queue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "store/queue/lanes.h"
#include "store/sql/migrate.h"
#include "store/testing/fresh.h"

namespace store {
namespace {

using base::Status;

class QueueTest : public testing::OnBothEngines {
protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        if (IsSkipped()) return;
        DbOptions options;
        options.clock = [this] { return now_ms_.load(); };
        db_ = open(options);
        ASSERT_TRUE(migrate(*db_).ok());
        queue_ = std::make_unique<Queue>(*db_);
    }

    JobId add(int64_t project = 1, int priority = 0, const std::string& engine = "",
              const std::string& model = "", int64_t pixels = 0) {
        JobId id = 0;
        const Status status = db_->transaction([&](Tx& tx) -> Status {
            NewJob job;
            job.kind = "film";
            job.project_id = project;
            job.priority = priority;
            job.payload = "{}";
            job.engine = engine;
            job.model = model;
            job.pixels = pixels;
            id = TRY(queue_->add(tx, job));
            return {};
        });
        EXPECT_TRUE(status.ok()) << (status.ok() ? "" : status.error().text());
        return id;
    }
    std::optional<Lease> claim(const Capabilities& can = {},
                               const std::string& worker = "local/1") {
        auto lease = queue_->claim(worker, can);
        EXPECT_TRUE(lease.ok()) << (lease.ok() ? "" : lease.error().text());
        return lease.ok() ? *lease : std::nullopt;
    }
    JobId claimed_id() {
        const auto lease = claim();
        return lease ? lease->id : 0;
    }
    bool finish(const Lease& lease, JobState end = JobState::Completed) {
        bool done = false;
        const Status status = db_->transaction([&](Tx& tx) -> Status {
            done = TRY(queue_->finish(tx, lease.id, lease.attempt, end, "{\"ok\":1}"));
            return {};
        });
        EXPECT_TRUE(status.ok());
        return done;
    }
    bool cancel(JobId id) {
        bool ended = false;
        EXPECT_TRUE(db_->transaction([&](Tx& tx) -> Status {
                           ended = TRY(queue_->cancel(tx, id));
                           return {};
                       })
                        .ok());
        return ended;
    }
    // What the server does each second, for `seconds`.
    void pass(int seconds) {
        for (int i = 0; i < seconds; ++i) {
            now_ms_ += 1'000;
            const auto reaped = queue_->reap([this](Tx&, const JobRow& row) -> Status {
                ended_.push_back(row);
                return {};
            });
            ASSERT_TRUE(reaped.ok()) << reaped.error().text();
        }
    }
    JobRow row(JobId id) { return queue_->find(id).value().value(); }
    JobState state(JobId id) { return row(id).state; }

    std::atomic<int64_t> now_ms_{1'000'000};
    std::unique_ptr<Db> db_;
    std::unique_ptr<Queue> queue_;
    std::vector<JobRow> ended_;
};

TEST_P(QueueTest, AJobGoesThrough) {
    const JobId id = add(7);
    EXPECT_EQ(state(id), JobState::Queued);
    EXPECT_EQ(queue_->depth()->queued, 1);
    now_ms_ += 500;
    EXPECT_EQ(queue_->depth()->oldest_ms, 500);
    const auto lease = claim();
    ASSERT_TRUE(lease);
    EXPECT_EQ(lease->id, id);
    EXPECT_EQ(lease->attempt, 1);
    EXPECT_EQ(lease->kind, "film");
    EXPECT_EQ(lease->project_id, 7);
    EXPECT_EQ(lease->payload, "{}");
    EXPECT_EQ(lease->checkpoint, "");
    EXPECT_EQ(lease->lease_until_ms, now_ms_ + 60'000);
    EXPECT_FALSE(claim());
    now_ms_ += 10'000;
    EXPECT_EQ(*queue_->heartbeat(id, 1, 40, "rendering", "{\"shot\":2}"), Beat::Go);
    EXPECT_EQ(*queue_->heartbeat(id, 1, -1, ""), Beat::Go);
    const JobRow seen = row(id);
    EXPECT_EQ(seen.progress, 40);
    EXPECT_EQ(seen.stage, "rendering");
    EXPECT_EQ(seen.worker, "local/1");
    EXPECT_EQ(seen.lease_until_ms, now_ms_ + 60'000);
    EXPECT_EQ(queue_->depth()->leased, 1);
    EXPECT_TRUE(finish(*lease));
    EXPECT_FALSE(finish(*lease)) << "only once";
    const JobRow done = row(id);
    EXPECT_EQ(done.state, JobState::Completed);
    EXPECT_EQ(done.result, "{\"ok\":1}");
    EXPECT_EQ(done.progress, 100);
    EXPECT_EQ(done.created_ms, 1'000'000);
    EXPECT_EQ(done.started_ms, 1'000'500);
    EXPECT_EQ(done.finished_ms, 1'010'500);
    EXPECT_EQ(*queue_->heartbeat(id, 1, 50, "late"), Beat::Lost);
    EXPECT_FALSE(queue_->find(id + 1)->has_value());
}

TEST_P(QueueTest, PriorityThenFewestLeasedThenAge) {
    const JobId a1 = add(1), a2 = add(1), a3 = add(1), b1 = add(2), b2 = add(2), c1 = add(3),
                urgent = add(1, 5);
    EXPECT_EQ(claimed_id(), urgent);  // project 1 has one now
    EXPECT_EQ(claimed_id(), b1);
    EXPECT_EQ(claimed_id(), c1);
    EXPECT_EQ(claimed_id(), a1);  // all have one; the oldest
    EXPECT_EQ(claimed_id(), b2);
    EXPECT_EQ(claimed_id(), a2);
    EXPECT_EQ(claimed_id(), a3);
    EXPECT_EQ(claimed_id(), 0);
}

TEST_P(QueueTest, WorkersGetWhatTheyCanDo) {
    const JobId big = add(1, 9, "world", "world-1", 1920 * 1080),
                neural = add(1, 8, "neural", "n-1", 64), plain = add(1, 0);
    Capabilities can;
    can.max_pixels = 1280 * 720;
    can.engines = {"world"};
    EXPECT_EQ(claim(can)->id, plain);
    EXPECT_FALSE(claim(can));
    can.engines = {"world", "neural"};
    can.models = {"world-1"};
    EXPECT_FALSE(claim(can));
    can.models.push_back("n-1");
    EXPECT_EQ(claim(can)->id, neural);
    EXPECT_EQ(claimed_id(), big);
}

TEST_P(QueueTest, ALeaseThatRunsOutIsADeath) {
    const JobId id = add();
    const auto first = claim();
    pass(30);
    EXPECT_EQ(*queue_->heartbeat(id, 1, 10, "", "half"), Beat::Go);
    pass(59);
    EXPECT_EQ(state(id), JobState::Leased);
    pass(1);
    EXPECT_EQ(state(id), JobState::Queued);
    EXPECT_EQ(row(id).deaths, 1);
    EXPECT_FALSE(claim()) << "waits for its back-off";
    EXPECT_EQ(*queue_->heartbeat(id, 1, 20, ""), Beat::Lost);
    pass(2);
    const auto second = claim();
    ASSERT_TRUE(second);
    EXPECT_EQ(second->attempt, 2);
    EXPECT_EQ(second->checkpoint, "half");
    EXPECT_FALSE(finish(*first));
    EXPECT_FALSE(*queue_->release(first->id, first->attempt));
    EXPECT_EQ(*queue_->fail(first->id, first->attempt, FailureClass::Permanent, {"x", "y"}),
              Failed::Lost);
    EXPECT_TRUE(finish(*second));
}

TEST_P(QueueTest, TooManyDeathsMakeADeadLetter) {
    const JobId id = add();
    for (int death = 1; death <= 5; ++death) {
        for (int i = 0; i < 40 && !claim(); ++i) pass(1);
        ASSERT_EQ(state(id), JobState::Leased) << death;
        pass(61);
        EXPECT_EQ(row(id).deaths, death);
    }
    EXPECT_EQ(state(id), JobState::Failed);
    EXPECT_EQ(row(id).error->code, "worker_lost");
    ASSERT_EQ(ended_.size(), 1u);
    EXPECT_EQ(ended_[0].id, id);
    EXPECT_EQ(ended_[0].state, JobState::Failed);
    pass(3);
    EXPECT_EQ(ended_.size(), 1u);
}

TEST_P(QueueTest, ReleasedAndTakenBackAreNotDeaths) {
    const JobId a = add(1), b = add(2), c = add(3);
    ASSERT_EQ(claim({}, "node/1")->id, a);
    ASSERT_EQ(claim({}, "node2/1")->id, b);
    ASSERT_EQ(claim({}, "node")->id, c);
    EXPECT_TRUE(*queue_->release(b, 1));
    EXPECT_FALSE(*queue_->release(b, 1));
    EXPECT_EQ(*queue_->take_back("node"), 2);
    EXPECT_EQ(*queue_->take_back("node"), 0);
    for (const JobId id : {a, b, c}) {
        EXPECT_EQ(state(id), JobState::Queued);
        EXPECT_EQ(row(id).deaths, 0);
        EXPECT_EQ(claim()->attempt, 2);
    }
}

TEST_P(QueueTest, RetryableFailuresBackOffUntilTheLimit) {
    const JobId id = add();
    int64_t waited_before = 0;
    for (int i = 1; i <= 6; ++i) {
        const int64_t asked = now_ms_;
        std::optional<Lease> lease;
        while (!(lease = claim())) now_ms_ += 500;
        const int64_t waited = now_ms_ - asked;
        EXPECT_GE(waited, waited_before);
        waited_before = waited;
        bool on_end = false;
        const auto failed = queue_->fail(id, i, FailureClass::Retryable, {"oom", "out of memory"},
                                         [&](Tx&) -> Status {
                                             on_end = true;
                                             return {};
                                         });
        EXPECT_EQ(*failed, i <= 5 ? Failed::Queued : Failed::Ended);
        EXPECT_EQ(on_end, i == 6);
    }
    EXPECT_EQ(waited_before, 16'000);
    EXPECT_EQ(state(id), JobState::Failed);
    EXPECT_EQ(row(id).error->code, "oom");
    EXPECT_EQ(row(id).deaths, 0);
}

TEST_P(QueueTest, APermanentFailureEndsAtOnceAndOnEndDecides) {
    const JobId id = add();
    const auto lease = claim();
    EXPECT_FALSE(queue_
                     ->fail(id, 1, FailureClass::Permanent, {"invalid_prompt", "no"},
                            [](Tx&) -> Status { return base::failed("the caller could not"); })
                     .ok());
    EXPECT_EQ(state(id), JobState::Leased) << "rolled back";
    EXPECT_EQ(*queue_->fail(id, 1, FailureClass::Permanent, {"invalid_prompt", "no"}),
              Failed::Ended);
    EXPECT_EQ(row(id).error->message, "no");
    EXPECT_FALSE(finish(*lease));
}

TEST_P(QueueTest, Cancelling) {
    const JobId waiting = add(1), working = add(2);
    EXPECT_TRUE(cancel(waiting));
    EXPECT_EQ(state(waiting), JobState::Cancelled);
    EXPECT_FALSE(cancel(waiting));
    const auto lease = claim();
    ASSERT_EQ(lease->id, working);
    EXPECT_FALSE(cancel(working));
    EXPECT_EQ(*queue_->heartbeat(working, 1, 1, ""), Beat::Cancel);
    EXPECT_TRUE(finish(*lease, JobState::Cancelled));
    EXPECT_EQ(state(working), JobState::Cancelled);
    const Status unknown = db_->transaction([&](Tx& tx) -> Status {
        TRY(queue_->cancel(tx, 999));
        return {};
    });
    EXPECT_EQ(unknown.error().kind, base::ErrorKind::NotFound);
}

TEST_P(QueueTest, WhatIsToStopIsNotStartedAgain) {
    const JobId released = add(1), taken = add(2), failed = add(3), lost = add(4);
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(claim({}, i == 1 ? "node/1" : "other/1"));
    for (const JobId id : {released, taken, failed, lost}) EXPECT_FALSE(cancel(id));
    EXPECT_TRUE(*queue_->release(released, 1));
    EXPECT_EQ(*queue_->take_back("node"), 1);
    EXPECT_EQ(*queue_->fail(failed, 1, FailureClass::Retryable, {"x", "y"}), Failed::Queued);
    EXPECT_FALSE(claim());
    pass(1);
    EXPECT_EQ(ended_.size(), 3u);
    pass(60);
    EXPECT_EQ(ended_.size(), 4u);
    for (const JobId id : {released, taken, failed, lost}) {
        EXPECT_EQ(state(id), JobState::Cancelled);
        EXPECT_EQ(row(id).deaths, 0);
    }
}

TEST_P(QueueTest, AfterASilenceWorkersGetTimeToComeBack) {
    const JobId lively = add(1), dead = add(2);
    ASSERT_TRUE(claim() && claim());
    now_ms_ += 3'600'000;  // the machine slept, or the clock was set
    pass(1);
    EXPECT_EQ(state(lively), JobState::Leased);
    EXPECT_EQ(*queue_->heartbeat(lively, 1, 1, ""), Beat::Go);
    pass(58);
    EXPECT_EQ(state(dead), JobState::Leased);
    EXPECT_EQ(*queue_->heartbeat(lively, 1, 2, ""), Beat::Go);
    pass(4);
    EXPECT_EQ(state(dead), JobState::Queued);
    EXPECT_EQ(row(dead).deaths, 0) << "it ran out while nobody could be reached";
    // A new server knows nothing of the time before it.
    Queue restarted(*db_);
    now_ms_ += 3'600'000;
    EXPECT_EQ(*restarted.reap({}), 0);
    EXPECT_EQ(state(lively), JobState::Leased);
}

TEST_P(QueueTest, AClockThatGoesBackHoldsNothingUp) {
    const JobId leased = add(1), delayed = add(2);
    ASSERT_EQ(claimed_id(), leased);
    ASSERT_EQ(claimed_id(), delayed);
    EXPECT_EQ(*queue_->fail(delayed, 1, FailureClass::Retryable, {"x", "y"}), Failed::Queued);
    now_ms_ -= 86'400'000 / 100;  // a quarter of an hour
    pass(1);
    EXPECT_LE(row(leased).lease_until_ms, now_ms_ + 60'000);
    EXPECT_LE(row(delayed).not_before_ms, now_ms_ + 1'000) << "its own back-off, not the longest";
    pass(62);
    EXPECT_EQ(state(leased), JobState::Queued);
    pass(2);
    EXPECT_TRUE(claim() && claim());
}

TEST_P(QueueTest, OnePoisonedEndDoesNotHoldUpTheOthers) {
    QueueOptions options;
    options.max_deaths = 1;
    Queue strict(*db_, options);
    const JobId a = add(1), b = add(2), c = add(3);
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(*strict.claim("w/1", {}));
    base::Result<int> reaped = 0;
    for (int i = 0; i < 61; ++i) {
        now_ms_ += 1'000;
        reaped = strict.reap([&](Tx&, const JobRow& row) -> Status {
            if (row.id == b) return base::failed("poisoned");
            return {};
        });
    }
    ASSERT_FALSE(reaped.ok());
    EXPECT_EQ(reaped.error().message, "poisoned");
    EXPECT_EQ(state(a), JobState::Failed);
    EXPECT_EQ(state(b), JobState::Leased);
    EXPECT_EQ(state(c), JobState::Failed);
}

TEST_P(QueueTest, ActiveJobsOfAProject) {
    add(1), add(1), add(2);
    const auto lease = claim();
    const auto active = [&](int64_t project) {
        int64_t count = 0;
        EXPECT_TRUE(db_->transaction([&](Tx& tx) -> Status {
                           count = TRY(queue_->active_of(tx, project));
                           return {};
                       })
                        .ok());
        return count;
    };
    EXPECT_EQ(active(1), 2);
    EXPECT_TRUE(finish(*lease));
    EXPECT_EQ(active(1), 1);
    EXPECT_EQ(active(2), 1);
    EXPECT_EQ(active(3), 0);
}

TEST_P(QueueTest, AddingWakes) {
    std::atomic<int> wakes{0};
    const auto handle = db_->listen("jobs", [&](const std::string&) { ++wakes; });
    add();
    for (int i = 0; i < 400 && wakes == 0; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_GT(wakes, 0);
}

TEST_P(QueueTest, ManyWorkersNoJobTwice) {
    constexpr int kJobs = 60, kWorkers = 6;
    for (int i = 0; i < kJobs; ++i) add(i % 4, i % 3);
    std::mutex mutex;
    std::multiset<JobId> done;
    std::vector<std::thread> workers;
    for (int w = 0; w < kWorkers; ++w) {
        workers.emplace_back([&, w] {
            int idle = 0;
            while (idle < 3) {
                const auto lease = claim({}, "node/" + std::to_string(w));
                if (!lease) {
                    ++idle;
                    continue;
                }
                if (finish(*lease)) {
                    const std::lock_guard lock(mutex);
                    done.insert(lease->id);
                }
            }
        });
    }
    for (auto& worker : workers) worker.join();
    EXPECT_EQ(done.size(), static_cast<size_t>(kJobs));
    EXPECT_EQ(std::set<JobId>(done.begin(), done.end()).size(), static_cast<size_t>(kJobs));
}

AOZORA_BOTH_ENGINES(QueueTest);

// Whoever adds jobs by the thousand slows nobody's claim down.
TEST(Lanes, AClaimLooksAtLanesNotAtJobs) {
    const auto db = Db::open(":memory:").value();
    ASSERT_TRUE(migrate(*db).ok());
    const auto plan = db->read(std::string("EXPLAIN QUERY PLAN ") + kLaneHeads);
    ASSERT_TRUE(plan.ok()) << plan.error().text();
    std::string steps;
    for (const Row& row : *plan) steps += row.back().text() + "\n";
    EXPECT_EQ(steps.find("TEMP B-TREE"), std::string::npos) << steps;
    EXPECT_EQ(steps.find("SCAN j"), std::string::npos) << steps;
    EXPECT_NE(steps.find("jobs_ready (not_before_ms=?)"), std::string::npos) << steps;
    EXPECT_NE(steps.find("jobs_ready (not_before_ms=? AND lane>?)"), std::string::npos) << steps;
}

}  // namespace
}  // namespace store
