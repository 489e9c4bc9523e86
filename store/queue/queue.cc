#include "store/queue/queue.h"

#include <algorithm>
#include <array>
#include <limits>

#include "store/queue/lanes.h"

namespace store {
namespace {

using base::Status;

constexpr const char* kChannel = "jobs";
constexpr std::array<const char*, 5> kNames = {"queued", "leased", "completed", "failed",
                                               "cancelled"};

JobState state_of(const std::string& name) {
    const auto found = std::ranges::find(kNames, name);
    CHECK(found != kNames.end(), "a job's state");
    return static_cast<JobState>(found - kNames.begin());
}

constexpr const char* kFind =
    "SELECT id, kind, project_id, state, attempt, deaths, retries, worker, progress, stage, "
    "cancel_asked, payload, result, error_code, error_message, created_ms, started_ms, "
    "finished_ms, not_before_ms, lease_until_ms FROM jobs WHERE id = ?";

JobRow job_row(const Row& row) {
    JobRow job;
    size_t i = 0;
    const auto number = [&] { return row[i++].integer(); };
    const auto small = [&] { return static_cast<int>(row[i++].integer()); };
    const auto text = [&] { return row[i++].text(); };
    job.id = number();
    job.kind = text();
    job.project_id = number();
    job.state = state_of(text());
    job.attempt = small();
    job.deaths = small();
    job.retries = small();
    job.worker = text();
    job.progress = small();
    job.stage = text();
    job.cancel_asked = number() != 0;
    job.payload = text();
    job.result = text();
    if (!row[i].is_null()) job.error = JobError{row[i].text(), row[i + 1].text()};
    i += 2;
    job.created_ms = number();
    job.started_ms = number();
    job.finished_ms = number();
    job.not_before_ms = number();
    job.lease_until_ms = number();
    return job;
}

// Not ready for anybody when it was asked to stop; see the table.
constexpr const char* kBackAtOnce =
    "UPDATE jobs SET state = 'queued', "
    "not_before_ms = CASE WHEN cancel_asked = 1 THEN -1 ELSE 0 END WHERE state = 'leased' AND ";

}  // namespace

const char* state_name(JobState state) { return kNames.at(static_cast<size_t>(state)); }

int64_t Queue::backoff_ms(int64_t times) const {
    const int64_t doublings = std::clamp<int64_t>(times - 1, 0, 30);
    const int64_t first = std::max<int64_t>(0, options_.backoff_first_ms);
    if (first > options_.backoff_most_ms >> doublings) return options_.backoff_most_ms;
    return first << doublings;
}

int64_t Queue::alive_since(int64_t now_ms) {
    const int64_t silence_ms = std::max<int64_t>(5'000, options_.lease_ms / 2);
    const std::lock_guard lock(mutex_);
    const bool gap = last_seen_ms_ < 0 || now_ms - last_seen_ms_ > silence_ms;
    if (gap || now_ms < alive_since_ms_) alive_since_ms_ = now_ms;
    last_seen_ms_ = now_ms;
    return alive_since_ms_;
}

base::Result<JobId> Queue::add(Tx& tx, const NewJob& job) {
    const Rows rows =
        TRY(tx.query("INSERT INTO jobs (kind, project_id, group_id, priority, engine, model, "
                     "pixels, lane, payload, "
                     "created_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, {now}) RETURNING id",
                     {job.kind, job.project_id, job.group_id, job.priority, job.engine, job.model,
                      job.pixels, lane_name(job), job.payload}));
    tx.after_commit([&db = db_] { db.wake(kChannel, ""); });
    return rows.at(0).at(0).integer();
}

base::Result<std::optional<Lease>> Queue::claim(const std::string& worker,
                                                const Capabilities& can) {
    // Workers ask all the time: an empty queue must cost no transaction.
    const Rows any =
        TRY(db_.read("SELECT {now}, EXISTS (SELECT 1 FROM jobs WHERE state = 'queued' AND "
                     "not_before_ms >= 0 AND "
                     "not_before_ms <= {now})"));
    alive_since(any.at(0).at(0).integer());
    std::optional<Lease> lease;
    if (any[0][1].integer() == 0) return lease;

    TRY(db_.transaction([&](Tx& tx) -> Status {
        lease.reset();
        TRY(
            tx.execute("UPDATE jobs SET not_before_ms = 0 WHERE state = 'queued' AND id IN (SELECT "
                       "id FROM jobs "
                       "WHERE state = 'queued' AND not_before_ms > 0 AND not_before_ms <= {now} "
                       "ORDER BY not_before_ms LIMIT 1000 {skip_locked})"));
        const std::vector<Lane> lanes = TRY(lanes_for(tx, can));
        std::optional<JobId> chosen;
        // On PostgreSQL other claims may hold the best ones: first by priority, then what is left.
        for (const bool exact : {true, false}) {
            for (const Lane& lane : lanes) {
                if (chosen) break;
                chosen = TRY(first_free(
                    tx, lane, exact ? lane.priority : std::numeric_limits<int64_t>::min()));
            }
        }
        if (!chosen) return {};
        const Rows rows = TRY(tx.query(
            "UPDATE jobs SET state = 'leased', attempt = attempt + 1, worker = ?, "
            "lease_until_ms = {now} + ?, started_ms = CASE WHEN started_ms = 0 THEN {now} ELSE "
            "started_ms END WHERE id = ? AND state = 'queued' RETURNING id, attempt, kind, "
            "project_id, payload, checkpoint, lease_until_ms",
            {worker, options_.lease_ms, *chosen}));
        if (rows.empty()) return {};
        const Row& row = rows[0];
        lease = Lease{row[0].integer(), static_cast<int>(row[1].integer()),
                      row[2].text(),    row[3].integer(),
                      row[4].text(),    row[5].text(),
                      row[6].integer()};
        return {};
    }));
    return lease;
}

base::Result<Beat> Queue::heartbeat(JobId id, int attempt, int progress, const std::string& stage,
                                    const std::optional<std::string>& checkpoint) {
    const Rows rows = TRY(db_.write(
        "UPDATE jobs SET lease_until_ms = {now} + ?, "
        "progress = CASE WHEN ? < 0 THEN progress ELSE ? END, "
        "stage = CASE WHEN ? = '' THEN stage ELSE ? END, checkpoint = COALESCE(?, checkpoint) "
        "WHERE id = ? AND attempt = ? AND state = 'leased' RETURNING cancel_asked, lease_until_ms",
        {options_.lease_ms, progress, std::min(progress, 100), stage, stage, checkpoint, id,
         attempt}));
    if (rows.empty()) return Beat::Lost;
    alive_since(rows[0][1].integer() - options_.lease_ms);
    return rows[0][0].integer() != 0 ? Beat::Cancel : Beat::Go;
}

base::Result<bool> Queue::release(JobId id, int attempt) {
    bool released = false;
    TRY(db_.transaction([&](Tx& tx) -> Status {
        released =
            TRY(tx.execute(std::string(kBackAtOnce) + "id = ? AND attempt = ?", {id, attempt})) > 0;
        if (released) tx.after_commit([this] { db_.wake(kChannel, ""); });
        return {};
    }));
    return released;
}

base::Result<bool> Queue::finish(Tx& tx, JobId id, int attempt, JobState end,
                                 const std::string& result, const std::optional<JobError>& error) {
    CHECK(end != JobState::Queued && end != JobState::Leased, "finish() with an end");
    std::optional<std::string> code, message;
    if (error) code = error->code, message = error->message;
    const int64_t touched = TRY(tx.execute(
        "UPDATE jobs SET state = ?, result = ?, error_code = ?, error_message = ?, "
        "finished_ms = {now}, checkpoint = '', progress = CASE WHEN ? = 1 THEN 100 ELSE progress "
        "END "
        "WHERE id = ? AND attempt = ? AND state = 'leased'",
        {state_name(end), result, code, message, end == JobState::Completed, id, attempt}));
    return touched > 0;
}

base::Result<Failed> Queue::fail(JobId id, int attempt, FailureClass failure, const JobError& error,
                                 const std::function<Status(Tx&)>& on_end) {
    Failed outcome = Failed::Lost;
    TRY(db_.transaction([&](Tx& tx) -> Status {
        outcome = Failed::Lost;
        const Rows rows =
            TRY(tx.query("SELECT retries, cancel_asked FROM jobs WHERE id = ? AND "
                         "attempt = ? AND state = 'leased' {lock}",
                         {id, attempt}));
        if (rows.empty()) return {};
        const int64_t retries = rows[0][0].integer();
        const bool cancel_asked = rows[0][1].integer() != 0;
        if (failure == FailureClass::Retryable &&
            (cancel_asked || retries < options_.max_retries)) {
            TRY(tx.execute(
                "UPDATE jobs SET state = 'queued', retries = retries + 1, error_code = ?, "
                "error_message = ?, "
                "not_before_ms = CASE WHEN ? = 1 THEN -1 ELSE {now} + ? END WHERE id = ?",
                {error.code, error.message, cancel_asked, backoff_ms(retries + 1), id}));
            outcome = Failed::Queued;
            return {};
        }
        CHECK(TRY(finish(tx, id, attempt, JobState::Failed, "", error)), "the row is locked");
        if (on_end) TRY(on_end(tx));
        outcome = Failed::Ended;
        return {};
    }));
    return outcome;
}

base::Result<bool> Queue::cancel(Tx& tx, JobId id) {
    const Rows rows = TRY(tx.query("SELECT state FROM jobs WHERE id = ? {lock}", {id}));
    if (rows.empty()) {
        return base::Error{base::ErrorKind::NotFound, "there is no job " + std::to_string(id), ""};
    }
    const JobState state = state_of(rows[0][0].text());
    if (state == JobState::Queued) {
        TRY(tx.execute(
            "UPDATE jobs SET state = 'cancelled', cancel_asked = 1, finished_ms = {now}, "
            "checkpoint = '' WHERE id = ?",
            {id}));
        return true;
    }
    if (state == JobState::Leased) {
        TRY(tx.execute("UPDATE jobs SET cancel_asked = 1 WHERE id = ?", {id}));
    }
    return false;
}

// Ends one job whose lease ran out (cancelled if it was asked to, else a dead letter), or that
// waits to be ended (lease_until_ms < 0: any).
Status Queue::end_by_reap(JobId id, int64_t attempt, int64_t lease_until_ms,
                          const std::function<Status(Tx&, const JobRow&)>& on_end, bool* ended) {
    return db_.transaction([&](Tx& tx) -> Status {
        *ended = false;
        const char* const is_still =
            lease_until_ms < 0 ? "state = 'queued' AND not_before_ms < 0 AND lease_until_ms > ?"
                               : "state = 'leased' AND lease_until_ms = ?";
        const int64_t touched = TRY(tx.execute(
            std::string("UPDATE jobs SET state = CASE WHEN cancel_asked = 1 THEN 'cancelled' ELSE "
                        "'failed' END, deaths = deaths + 1 - cancel_asked, "
                        "error_code = CASE WHEN cancel_asked = 1 THEN error_code ELSE ? END, "
                        "error_message = CASE WHEN cancel_asked = 1 THEN error_message ELSE ? END, "
                        "finished_ms = {now}, checkpoint = '' WHERE id = ? AND attempt = ? AND ") +
                is_still,
            {"worker_lost", "the workers that had this job vanished one after the other", id,
             attempt, lease_until_ms}));
        if (touched == 0) return {};
        *ended = true;
        if (!on_end) return {};
        return on_end(tx, job_row(TRY(tx.query(kFind, {id})).at(0)));
    });
}

base::Result<int> Queue::reap(const std::function<Status(Tx&, const JobRow&)>& on_end) {
    // What could not be: leases and back-offs that end later than they may, after a clock went
    // back.
    const int64_t longest_ms = 2 * options_.lease_ms;
    const int64_t now_ms = TRY(db_.now_ms());
    const int64_t alive_ms = alive_since(now_ms);
    const Rows rows = TRY(db_.read(
        "SELECT id, attempt, deaths, cancel_asked, lease_until_ms FROM jobs WHERE state = 'leased' "
        "AND (lease_until_ms <= ? OR lease_until_ms > ?) UNION ALL "
        "SELECT id, attempt, deaths, 1, -1 FROM jobs WHERE state = 'queued' AND not_before_ms < 0 "
        "UNION ALL SELECT id, not_before_ms, CASE WHEN deaths > retries THEN deaths ELSE retries "
        "END, 0, -2 FROM jobs WHERE state = 'queued' AND not_before_ms > ? ORDER BY 1",
        {now_ms, now_ms + longest_ms, now_ms + backoff_ms(1)}));

    struct Expired {
        JobId id;
        int64_t attempt, deaths, lease_until_ms;
        bool counts;
    };
    std::vector<Expired> back;
    std::vector<Expired> ends;
    struct Waits {
        JobId id;
        int64_t not_before_ms, most_ms;
    };
    std::vector<Waits> wait_too_long;
    bool too_late = false;
    for (const Row& row : rows) {
        const int64_t until_ms = row[4].integer();
        const Expired job{row[0].integer(), row[1].integer(), row[2].integer(), until_ms,
                          until_ms >= alive_ms};
        if (until_ms == -1) {
            ends.push_back(job);
        } else if (until_ms == -2) {
            const Waits job{row[0].integer(), row[1].integer(), backoff_ms(row[2].integer())};
            if (job.not_before_ms > now_ms + job.most_ms) wait_too_long.push_back(job);
        } else if (until_ms > now_ms) {
            too_late = true;
        } else if (now_ms >= alive_ms + options_.lease_ms) {
            const bool dead = job.counts && job.deaths + 1 >= options_.max_deaths;
            (row[3].integer() != 0 || dead ? ends : back).push_back(job);
        }
    }

    std::optional<base::Error> first_error;
    const auto note = [&](const Status& status) {
        if (!status.ok() && !first_error) first_error = status.error();
        return status.ok();
    };
    if (too_late || !wait_too_long.empty()) {
        note(db_.transaction([&](Tx& tx) -> Status {
            TRY(
                tx.execute("UPDATE jobs SET lease_until_ms = {now} + ? WHERE state = 'leased' AND "
                           "lease_until_ms > {now} + ?",
                           {options_.lease_ms, longest_ms}));
            for (const Waits& job : wait_too_long) {
                TRY(
                    tx.execute("UPDATE jobs SET not_before_ms = {now} + ? WHERE id = ? AND state = "
                               "'queued' AND not_before_ms = ?",
                               {job.most_ms, job.id, job.not_before_ms}));
            }
            return {};
        }));
    }
    int moved = 0;
    if (!back.empty()) {
        int requeued = 0;
        const bool done = note(db_.transaction([&](Tx& tx) -> Status {
            requeued = 0;
            for (const Expired& job : back) {
                const int64_t wait_ms = job.counts ? backoff_ms(job.deaths + 1) : 0;
                requeued += static_cast<int>(TRY(tx.execute(
                    "UPDATE jobs SET state = 'queued', deaths = deaths + ?, "
                    "not_before_ms = CASE WHEN cancel_asked = 1 THEN -1 WHEN ? > 0 THEN {now} + ? "
                    "ELSE "
                    "0 END WHERE id = ? AND attempt = ? AND state = 'leased' AND lease_until_ms = "
                    "?",
                    {job.counts, wait_ms, wait_ms, job.id, job.attempt, job.lease_until_ms})));
            }
            tx.after_commit([this] { db_.wake(kChannel, ""); });
            return {};
        }));
        if (done) moved += requeued;
    }
    for (const Expired& job : ends) {
        bool ended = false;
        if (note(end_by_reap(job.id, job.attempt, job.lease_until_ms, on_end, &ended)) && ended)
            ++moved;
    }
    if (first_error) return *first_error;
    return moved;
}

base::Result<int> Queue::take_back(const std::string& node) {
    int64_t taken = 0;
    TRY(db_.transaction([&](Tx& tx) -> Status {
        taken = TRY(tx.execute(
            std::string(kBackAtOnce) + "(worker = ? OR substr(worker, 1, length(?)) = ?)",
            {node, node + "/", node + "/"}));
        if (taken > 0) tx.after_commit([this] { db_.wake(kChannel, ""); });
        return {};
    }));
    return static_cast<int>(taken);
}

base::Result<std::optional<JobRow>> Queue::find(JobId id) {
    const Rows rows = TRY(db_.read(kFind, {id}));
    if (rows.empty()) return std::optional<JobRow>();
    return std::optional<JobRow>(job_row(rows[0]));
}

base::Result<Queue::Depth> Queue::depth() {
    const Rows rows =
        TRY(db_.read("SELECT (SELECT COUNT(*) FROM jobs WHERE state = 'queued'), "
                     "(SELECT COUNT(*) FROM jobs WHERE state = 'leased'), "
                     "(SELECT {now} - MIN(created_ms) FROM jobs WHERE state = 'queued')"));
    return Depth{rows.at(0).at(0).integer(), rows[0][1].integer(),
                 std::max<int64_t>(0, rows[0][2].integer())};
}

base::Result<int64_t> Queue::active_of(Tx& tx, int64_t project_id) {
    return TRY(tx.query("SELECT COUNT(*) FROM jobs WHERE finished_ms = 0 AND project_id = ?",
                        {project_id}))
        .at(0)
        .at(0)
        .integer();
}

}  // namespace store
