// The queue, its workers, its server, its clock and their faults under one seed: a run can be told
// again by its seed alone. After every step the history must be one that the rules allow.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "base/core/random.h"
#include "store/queue/queue.h"
#include "store/sql/migrate.h"

namespace store {
namespace {

using base::Status;

constexpr int64_t kLeaseMs = 60'000;
constexpr int64_t kBeatMs = 10'000;

// Which faults a run has; few at a time tell more than all at once.
struct Faults {
    bool deaths = false, stalls = false, restarts = false, jumps = false, lost_answers = false,
         failures = false, cancels = false;
};

// The database of all runs, in memory, and its clock.
struct World {
    int64_t now_ms = 0;
    std::unique_ptr<Db> db;

    World() {
        DbOptions options;
        options.clock = [this] { return now_ms; };
        db = Db::open(":memory:", options).value();
        CHECK(migrate(*db).ok() &&
                  db->write("CREATE TABLE published (job BIGINT, attempt BIGINT)").ok(),
              "tables");
    }
};

class Simulation {
public:
    Simulation(World& world, uint64_t seed) : rng_(seed), world_(world), db_(world.db.get()) {
        bool* const each[] = {&faults_.deaths, &faults_.stalls,       &faults_.restarts,
                              &faults_.jumps,  &faults_.lost_answers, &faults_.failures,
                              &faults_.cancels};
        for (bool* fault : each) *fault = rng_.below(2) == 0;
        world_.now_ms = 1'000'000'000;
        for (const char* table : {"jobs", "published"}) {
            CHECK(db_->write(std::string("DELETE FROM ") + table).ok(), "an empty table");
        }
        queue_ = std::make_unique<Queue>(*db_, queue_options());
        for (int i = 0; i < 4; ++i) workers_.push_back({i < 2 ? "local/" : "fleet/"});
    }

    // "" or what was wrong.
    std::string run() {
        for (int step = 0; step < 150 && wrong_.empty(); ++step) {
            if (step < 100 && chance(4)) add();
            inject();
            tick();
        }
        // The faults are over: everything must come to its end. A lease, a grace and a back-off
        // each take a while.
        faults_ = {};
        calm_ = true;
        for (int step = 0; step < 1500 && wrong_.empty() && active() > 0; ++step) tick();
        if (wrong_.empty()) check_end();
        return wrong_;
    }
    int completed() const { return completed_; }
    int lost() const { return static_cast<int>(losses_); }

private:
    struct Worker {
        std::string name;
        std::optional<Lease> lease = {};
        int64_t done_ms = 0, beat_ms = 0, asleep_until_ms = 0;  // of real time
        int64_t silent_ms = 0;       // reachable time since it was last heard
        bool believes_done = false;  // finished, but the answer was lost
    };

    static QueueOptions queue_options() {
        QueueOptions options;
        options.lease_ms = kLeaseMs;
        options.max_deaths = 3;
        options.max_retries = 2;
        options.backoff_first_ms = 2'000;
        options.backoff_most_ms = 20'000;
        return options;
    }
    bool chance(uint32_t one_in) { return rng_.below(one_in) == 0; }
    template <typename... Parts>
    void fail(const Parts&... parts) {
        std::ostringstream out;
        (out << ... << parts);
        if (wrong_.empty()) wrong_ = out.str();
    }
    template <typename T>
    T must(base::Result<T> result) {
        if (!result.ok()) fail(result.error().text());
        return result.ok() ? std::move(*result) : T();
    }
    int64_t active() {
        return must(db_->read("SELECT COUNT(*) FROM jobs WHERE finished_ms = 0"))[0][0].integer();
    }

    void add() {
        NewJob job;
        job.kind = "film";
        job.project_id = 1 + rng_.below(3);
        job.priority = static_cast<int>(rng_.below(2));
        job.payload = "{}";
        job.engine = chance(3) ? "world" : "";
        JobId id = 0;
        const Status added = db_->transaction([&](Tx& tx) -> Status {
            id = TRY(queue_->add(tx, job));
            return {};
        });
        if (!added.ok()) fail(added.error().text());
        accepted_.insert(id);
    }

    void inject() {
        if (faults_.restarts && chance(40)) {
            // The local workers go with their server; those of the fleet cannot reach it.
            down_until_ms_ = real_ms_ + 1'000 * (1 + rng_.below(200));
            for (size_t i = 0; i < 2; ++i) workers_[i] = {"local/"};
        }
        if (faults_.jumps && chance(50)) {
            // Forward only by what is a silence (queue.h): smaller jumps shorten leases by as much.
            const int64_t by_ms = kLeaseMs / 2 + 1'000 * int64_t{rng_.below(4'000)};
            jump(chance(2) ? by_ms : -by_ms);
        }
        if (faults_.cancels && chance(12) && !accepted_.empty()) {
            auto at = accepted_.begin();
            std::advance(at, rng_.below(static_cast<uint32_t>(accepted_.size())));
            (void)db_->transaction([&](Tx& tx) -> Status {
                if (TRY(queue_->cancel(tx, *at))) ended_.insert(*at);
                return {};
            });
        }
    }
    void jump(int64_t by_ms) {
        world_.now_ms += by_ms;
        jumped_ = true;
    }

    void tick() {
        const int64_t passed_ms = calm_ ? 2'500 : 500 + rng_.below(1'500);
        world_.now_ms += passed_ms;
        real_ms_ += passed_ms;
        if (down_until_ms_ > 0) {
            if (real_ms_ < down_until_ms_) return;
            down_until_ms_ = 0;
            restarted_ = true;
            queue_ = std::make_unique<Queue>(*db_, queue_options());
            must(queue_->take_back("local"));
        }
        for (Worker& worker : workers_) worker.silent_ms += passed_ms;
        for (Worker& worker : workers_) act(worker);
        reap();
    }

    void act(Worker& worker) {
        if (real_ms_ < worker.asleep_until_ms) return;
        if (!worker.lease) return claim(worker);
        if (faults_.deaths && chance(25)) {
            const std::string name = worker.name;
            worker = {name};
            return;
        }
        if (faults_.stalls && chance(25)) {
            worker.asleep_until_ms = real_ms_ + 1'000 * (1 + rng_.below(150));
            return;
        }
        if (real_ms_ >= worker.done_ms) return end(worker);
        if (real_ms_ >= worker.beat_ms) beat(worker);
    }

    // What a claim must give, by looking at every job.
    std::optional<JobId> expected_claim() {
        std::map<int64_t, int64_t> leased;
        struct Ready {
            int64_t id, project, priority;
        };
        std::vector<Ready> ready;
        for (const Row& row :
             must(db_->read("SELECT id, project_id, priority, state, not_before_ms "
                            "FROM jobs WHERE finished_ms = 0"))) {
            if (row[3].text() == "leased") ++leased[row[1].integer()];
            const int64_t not_before = row[4].integer();
            if (row[3].text() == "queued" && not_before >= 0 && not_before <= world_.now_ms) {
                ready.push_back({row[0].integer(), row[1].integer(), row[2].integer()});
            }
        }
        const auto best = std::ranges::min_element(ready, {}, [&](const Ready& job) {
            return std::tuple(-job.priority, leased[job.project], job.id);
        });
        if (best == ready.end()) return {};
        return best->id;
    }

    void claim(Worker& worker) {
        const auto expected = expected_claim();
        const auto lease = must(queue_->claim(worker.name, {}));
        if (lease.has_value() != expected.has_value() || (lease && lease->id != *expected)) {
            fail("claim gave ", lease ? lease->id : 0, " instead of ", expected.value_or(0));
        }
        if (!lease) return;
        if (!attempts_.insert({lease->id, lease->attempt}).second) {
            fail("job ", lease->id, " was given twice as attempt ", lease->attempt);
        }
        if (ended_.count(lease->id)) fail("job ", lease->id, " had ended");
        worker.lease = lease;
        worker.silent_ms = 0;
        worker.beat_ms = real_ms_ + kBeatMs;
        worker.done_ms = real_ms_ + 1'000 * (1 + rng_.below(60));
        worker.believes_done = false;
    }

    void heard(Worker& worker, bool lost) {
        if (lost) {
            if (!worker.believes_done && !taken_.count({worker.lease->id, worker.lease->attempt})) {
                fail("job ", worker.lease->id, " was lost without cause");
            }
            worker.lease.reset();
        }
        worker.silent_ms = 0;
        worker.beat_ms = real_ms_ + kBeatMs;
    }
    void beat(Worker& worker) {
        const Beat answer =
            must(queue_->heartbeat(worker.lease->id, worker.lease->attempt, 1, "x"));
        if (answer == Beat::Cancel) return finish(worker, JobState::Cancelled);
        heard(worker, answer == Beat::Lost);
    }
    void end(Worker& worker) {
        if (faults_.failures && chance(3)) {
            const auto failure = chance(3) ? FailureClass::Permanent : FailureClass::Retryable;
            const Lease lease = *worker.lease;
            const Failed failed = must(queue_->fail(lease.id, lease.attempt, failure, {"x", "y"}));
            heard(worker, failed == Failed::Lost);
            if (failed == Failed::Ended) ended_once(lease.id);
            worker.lease.reset();
            return;
        }
        if (!calm_ && chance(15)) {
            const bool released = must(queue_->release(worker.lease->id, worker.lease->attempt));
            heard(worker, !released);
            worker.lease.reset();
            return;
        }
        finish(worker, JobState::Completed);
    }
    void finish(Worker& worker, JobState end) {
        const Lease lease = *worker.lease;
        bool done = false;
        const Status status = db_->transaction([&](Tx& tx) -> Status {
            done = TRY(queue_->finish(tx, lease.id, lease.attempt, end, "{}"));
            if (done && end == JobState::Completed) {
                TRY(tx.execute("INSERT INTO published VALUES (?, ?)", {lease.id, lease.attempt}));
            }
            return {};
        });
        if (!status.ok()) fail(status.error().text());
        if (done) {
            ended_once(lease.id);
            if (end == JobState::Completed) ++completed_;
        }
        if (done && faults_.lost_answers && chance(3)) {
            worker.believes_done = true;  // did not hear it: asks again at its next turn
            worker.silent_ms = 0;
            return;
        }
        heard(worker, !done);
        worker.lease.reset();
    }
    void ended_once(JobId id) {
        if (!ended_.insert(id).second) fail("job ", id, " ended twice");
    }

    struct Leased {
        int64_t attempt, deaths;
    };
    std::map<JobId, Leased> leased_now() {
        std::map<JobId, Leased> out;
        for (const Row& row :
             must(db_->read("SELECT id, attempt, deaths FROM jobs WHERE state = 'leased'"))) {
            out[row[0].integer()] = {row[1].integer(), row[2].integer()};
        }
        return out;
    }
    void reap() {
        const auto before = leased_now();
        must(queue_->reap([&](Tx&, const JobRow& row) -> Status {
            ended_once(row.id);
            if (row.state == JobState::Failed && row.deaths != queue_options().max_deaths) {
                fail("job ", row.id, " failed after ", row.deaths, " deaths");
            }
            return {};
        }));
        const auto after = leased_now();
        for (const auto& [id, lease] : before) {
            if (after.count(id)) continue;
            const auto row = must(queue_->find(id));
            ++losses_;
            taken_.insert({id, static_cast<int>(lease.attempt)});
            const int64_t counted = row->deaths - lease.deaths;
            // Without silences of the server every lost lease is a death, unless it was to be
            // cancelled.
            const bool calm = !restarted_ && !jumped_;
            if (counted < 0 || counted > 1 || (calm && counted != (row->cancel_asked ? 0 : 1))) {
                fail("job ", id, ": ", counted, " deaths for one lost lease");
            }
            for (const Worker& worker : workers_) {
                if (worker.lease && worker.lease->id == id &&
                    worker.lease->attempt == lease.attempt && worker.silent_ms < kLeaseMs) {
                    fail("job ", id, " was taken away after ", worker.silent_ms, " ms of silence");
                }
            }
        }
    }

    void check_end() {
        std::map<std::string, int> states;
        for (const Row& row : must(db_->read("SELECT state, id FROM jobs"))) {
            ++states[row[0].text()];
            if (!accepted_.count(row[1].integer())) fail("a job that nobody asked for");
        }
        const int ended = states["completed"] + states["failed"] + states["cancelled"];
        if (ended != static_cast<int>(accepted_.size())) {
            fail(accepted_.size(), " accepted, ", ended, " ended, ", states["queued"], " queued, ",
                 states["leased"], " leased");
        }
        const Rows twice =
            must(db_->read("SELECT job FROM published GROUP BY job HAVING COUNT(*) > 1"));
        if (!twice.empty()) fail("job ", twice[0][0].integer(), " was published twice");
        const Rows wrong =
            must(db_->read("SELECT COUNT(*) FROM jobs WHERE (state = 'completed') <> (id IN "
                           "(SELECT job FROM published))"));
        if (wrong[0][0].integer() != 0) fail("published and completed differ");
        if (ended_.size() != accepted_.size())
            fail("the callers heard of ", ended_.size(), " ends");
    }

    base::Rng rng_;
    Faults faults_;
    int64_t real_ms_ = 0, down_until_ms_ = 0;
    bool calm_ = false, restarted_ = false, jumped_ = false;
    World& world_;
    Db* db_;
    std::unique_ptr<Queue> queue_;
    std::vector<Worker> workers_;
    std::set<JobId> accepted_, ended_;
    std::set<std::pair<JobId, int>> attempts_, taken_;  // given out; taken away by a reap
    int completed_ = 0;
    int64_t losses_ = 0;
    std::string wrong_;
};

TEST(QueueSimulation, EveryHistoryIsAllowed) {
    constexpr uint64_t kSeeds = 1'000;
    World world;
    int completed = 0, lost = 0;
    for (uint64_t seed = 0; seed < kSeeds; ++seed) {
        Simulation simulation(world, seed);
        const std::string wrong = simulation.run();
        ASSERT_EQ(wrong, "") << "seed " << seed;
        completed += simulation.completed();
        lost += simulation.lost();
    }
    EXPECT_GT(completed, 1'000);
    EXPECT_GT(lost, 500);
}

}  // namespace
}  // namespace store
