// The durable queue: a table with a lease and an attempt number as the fence. It knows no films: a
// job is a kind, a payload and a result, all JSON text that it never reads.
//
//   queued --claim--> leased --finish--> completed | failed | cancelled
//     ^                 |
//     +-- release, retry, lease ran out (not_before = back-off)
//
// Rules
//   * Every answer of a worker carries (id, attempt). A change is made only where both still match
//     and the job is leased; otherwise the worker hears "lost" and throws its work away. So a job
//     may be worked on twice, but ends once.
//   * Clocks: only the database's ({now}). It may jump. A jump forward, a server that slept or was
//     away looks the same from here: leases ran out while no worker could reach a server. Nothing
//     is taken away then until the workers have had a whole lease time to come back. After a jump
//     backward no lease and no back-off is longer than it could be.
//   * `deaths` counts leases that ran out while a server lived; at `max_deaths` the job fails with
//     error code "worker_lost" (dead letter: the row stays, with its history). Releases, a server's
//     restart and retryable failures with their own limit do not count as deaths.
//   * A job that was asked to stop and then came back (released, taken back, retryable failure)
//     is given to nobody; the next reap() ends it as cancelled.
//   * Order: priority (higher first); among equals the project with fewest leased jobs; then age.
//     A claim costs O(projects with waiting jobs), not O(jobs).
//   * finish() is given a Tx so that the caller publishes what the job made in the same commit.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "store/sql/db.h"

namespace store {

using JobId = int64_t;

struct NewJob {
    std::string kind;  // "film", ...
    int64_t project_id = 0;
    int priority = 0;
    std::string payload;  // JSON
    // What a worker must be able to do; "" / 0 = anything.
    std::string engine;    // "world"
    std::string model;     // "world-1"
    int64_t pixels = 0;    // width * height
    int64_t group_id = 0;  // batch or 0; only stored
};

// What a worker can do.
struct Capabilities {
    std::vector<std::string> engines, models;  // empty = all
    int64_t max_pixels = 0;                    // 0 = any
};

struct Lease {
    JobId id = 0;
    int attempt = 0;
    std::string kind;
    int64_t project_id = 0;
    std::string payload;
    std::string checkpoint;  // JSON that an earlier attempt left behind, "" = none
    int64_t lease_until_ms = 0;
};

enum class Beat { Go, Cancel, Lost };

enum class JobState { Queued, Leased, Completed, Failed, Cancelled };
const char* state_name(JobState state);  // "queued" ... as in the table

struct JobError {
    std::string code, message;
};

struct JobRow {
    JobId id = 0;
    std::string kind;
    int64_t project_id = 0;
    JobState state = JobState::Queued;
    int attempt = 0, deaths = 0, retries = 0;
    std::string worker;
    int progress = 0;  // percent
    std::string stage;
    bool cancel_asked = false;
    std::string payload, result;
    std::optional<JobError> error;
    int64_t created_ms = 0, started_ms = 0, finished_ms = 0, not_before_ms = 0, lease_until_ms = 0;
};

struct QueueOptions {
    int64_t lease_ms = 60'000;
    int max_deaths = 5;
    int max_retries = 5;               // of retryable failures
    int64_t backoff_first_ms = 1'000;  // doubles each time
    int64_t backoff_most_ms = 300'000;
};

enum class FailureClass { Retryable, Permanent };

// What fail() did with the job.
enum class Failed { Lost, Queued, Ended };

// One for each server process, any thread: it remembers when the server was last seen alive.
class Queue {
public:
    explicit Queue(Db& db, QueueOptions options = {}) : db_(db), options_(options) {}

    base::Result<JobId> add(Tx& tx, const NewJob& job);
    // Ask; nullopt when nothing fits. Wakes come on channel "jobs". `worker` names the worker and,
    // before a '/', the node it belongs to ("local-1f3a/2").
    base::Result<std::optional<Lease>> claim(const std::string& worker, const Capabilities& can);
    // Extends the lease. progress -1 leaves it as it is. `checkpoint` replaces the kept one when
    // set.
    base::Result<Beat> heartbeat(JobId id, int attempt, int progress, const std::string& stage,
                                 const std::optional<std::string>& checkpoint = {});
    // Back to the queue at once, uncounted (SIGTERM). False when lost. The attempt's number is used
    // up.
    base::Result<bool> release(JobId id, int attempt);

    // The fenced end. True when this call ended the job; false when it is lost (write nothing
    // then).
    base::Result<bool> finish(Tx& tx, JobId id, int attempt, JobState end,
                              const std::string& result, const std::optional<JobError>& error = {});
    // A retryable failure goes back with back-off until max_retries; else it ends as Failed.
    // `on_end` runs inside the same transaction when the job ends.
    base::Result<Failed> fail(JobId id, int attempt, FailureClass failure, const JobError& error,
                              const std::function<base::Status(Tx&)>& on_end = {});

    // A queued job ends at once as Cancelled (true); a leased one is asked to stop at its next
    // heartbeat (false), and then finishes by finish(..., Cancelled). A job that has ended stays as
    // it is (false). An unknown one is an Error of kind NotFound.
    base::Result<bool> cancel(Tx& tx, JobId id);

    // Leases that ran out: back to the queue or, at max_deaths, failed. `on_end` is called inside
    // the transaction for each job that ended (failed or cancelled; each has its own transaction,
    // so one whose on_end fails does not hold up the others; the first Error is returned in the
    // end). Called by the server every second: after a silence of half a lease (at least 5 s) the
    // first call gives the workers time and takes nothing. Returns how many jobs it moved.
    base::Result<int> reap(const std::function<base::Status(Tx&, const JobRow&)>& on_end);
    // The leases of a node ("local-1f3a") at once, uncounted.
    base::Result<int> take_back(const std::string& node);

    base::Result<std::optional<JobRow>> find(JobId id);
    // Number of waiting and leased jobs, and the age of the oldest waiting one, for metrics.
    struct Depth {
        int64_t queued = 0, leased = 0, oldest_ms = 0;
    };
    base::Result<Depth> depth();
    base::Result<int64_t> active_of(Tx& tx, int64_t project_id);  // queued + leased

private:
    int64_t backoff_ms(int64_t times) const;
    // The database's clock was seen at `now_ms`. Returns since when this server lives without a
    // gap.
    int64_t alive_since(int64_t now_ms);
    base::Status end_by_reap(JobId id, int64_t attempt, int64_t lease_until_ms,
                             const std::function<base::Status(Tx&, const JobRow&)>& on_end,
                             bool* ended);

    Db& db_;
    QueueOptions options_;
    std::mutex mutex_;  // of the two below
    int64_t alive_since_ms_ = -1, last_seen_ms_ = -1;
};

}  // namespace store
