#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

#include "store/sql/durable.h"
#include "store/sql/engines.h"
#include "store/sql/group_commit.h"
#include "store/sql/sqlite_connection.h"
#include "store/sql/wakes.h"

namespace store {
namespace {

using base::failed;
using base::Status;
using Clock = std::chrono::steady_clock;

int64_t machine_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

class SqliteTx : public Tx {
public:
    explicit SqliteTx(SqliteConnection& connection) : connection_(connection) {}

    base::Result<Rows> query(std::string_view sql, const Values& args) override {
        return note(connection_.run(sql, args));
    }
    base::Result<int64_t> execute(std::string_view sql, const Values& args) override {
        int64_t touched = 0;
        const auto rows = note(connection_.run(sql, args, &touched));
        if (!rows.ok()) return rows.error();
        return touched;
    }
    Engine engine() const override { return Engine::Sqlite; }
    void after_commit(std::function<void()> action) override {
        actions.push_back(std::move(action));
    }

    std::vector<std::function<void()>> actions;
    std::optional<base::Error> first_failure;
    bool busy = false;

private:
    base::Result<Rows> note(base::Result<Rows> result) {
        if (!result.ok() && !first_failure) {
            first_failure = result.error();
            busy = connection_.last_code() == SQLITE_BUSY;
        }
        return result;
    }
    SqliteConnection& connection_;
};

class SqliteDb : public Db {
public:
    SqliteDb(std::string path, const DbOptions& options)
        : path_(std::move(path)), options_(options), memory_(path_ == ":memory:") {
        if (!options_.clock) options_.clock = machine_ms;
    }

    Status start() {
        writer_ =
            TRY(SqliteConnection::open(path_, SqliteConnection::Mode::Writer, options_.clock));
        return {};
    }

    Status transaction(const std::function<Status(Tx&)>& work) override;
    base::Result<Rows> read(std::string_view sql, const Values& args) override;
    Engine engine() const override { return Engine::Sqlite; }
    base::Result<int64_t> now_ms() override { return options_.clock(); }
    void wake(const std::string& channel, const std::string& message) override {
        wakes_.post(channel, message);
    }
    std::shared_ptr<void> listen(const std::string& channel,
                                 std::function<void(const std::string&)> on_wake) override {
        return wakes_.listen(channel, std::move(on_wake));
    }
    Status backup(const std::string& path) override;
    Status restore(const std::string& path, const std::function<Status()>&) override {
        return failed("a copy of SQLite's is opened, not restored", path);
    }
    Status ping() override {
        if (broken_) return broken();
        TRY(read("SELECT 1", {}));
        return {};
    }

private:
    using Outcome = GroupCommit::Outcome;

    base::Error broken() const {
        return failed("the disk failed while it was written to; restart the server", path_);
    }
    Clock::time_point patience() const {
        return Clock::now() +
               std::chrono::milliseconds(static_cast<int64_t>(options_.patience_s * 1e3));
    }
    // One turn at the writer. `status` gets what `work` returned.
    std::pair<Outcome, base::Error> turn(const std::function<Status(Tx&)>& work, bool alone,
                                         SqliteTx& tx, Status& status);
    std::pair<Outcome, base::Error> commit(const GroupCommit::Batch& batch);
    base::Result<Rows> read_with(SqliteConnection& reader, std::string_view sql,
                                 const Values& args);

    struct Reader {
        SqliteDb& db;
        std::unique_ptr<SqliteConnection> connection;
        ~Reader();
    };
    base::Result<std::unique_ptr<Reader>> reader();

    std::string path_;
    DbOptions options_;
    bool memory_;
    std::atomic<bool> broken_{false};

    GroupCommit group_;
    std::unique_ptr<SqliteConnection> writer_;  // of whoever has the turn

    std::mutex readers_mutex_;
    std::condition_variable reader_free_;
    std::vector<std::unique_ptr<SqliteConnection>> idle_readers_;
    int readers_ = 0;

    Wakes wakes_;
};

Status SqliteDb::transaction(const std::function<Status(Tx&)>& work) {
    InTransaction inside(this);
    const auto until = patience();
    bool alone = false;
    while (true) {
        if (broken_) return broken();
        SqliteTx tx(*writer_);
        Status status;
        const auto [outcome, error] = turn(work, alone, tx, status);
        if (outcome == Outcome::Failed) return error;
        if (outcome == Outcome::Again) {
            if (alone && Clock::now() > until) return error;
            if (alone) std::this_thread::sleep_for(std::chrono::milliseconds(20));
            alone = true;
            continue;
        }
        inside.leave();
        if (status.ok()) {
            for (const auto& action : tx.actions) action();
        }
        return status;
    }
}

std::pair<SqliteDb::Outcome, base::Error> SqliteDb::turn(const std::function<Status(Tx&)>& work,
                                                         bool alone, SqliteTx& tx, Status& status) {
    const auto batch = group_.enter(alone);
    // Leaves nothing behind however it ends, also when `work` throws.
    struct Finish {
        SqliteDb& db;
        const std::shared_ptr<GroupCommit::Batch>& batch;
        std::pair<Outcome, base::Error> end{Outcome::Again, failed("rolled back")};
        bool waits = false;  // somebody else finishes
        ~Finish() {
            if (waits) return;
            if (db.writer_->in_transaction()) (void)db.writer_->exec("ROLLBACK");
            db.group_.finish(batch, end.first, end.second);
        }
    } finish{*this, batch};

    if (batch->members == 0) {
        if (const Status begun = writer_->exec("BEGIN IMMEDIATE"); !begun.ok()) {
            const bool busy = writer_->last_code() == SQLITE_BUSY;
            return finish.end = {busy ? Outcome::Again : Outcome::Failed, begun.error()};
        }
    }
    ++batch->members;
    if (const Status saved = writer_->exec("SAVEPOINT work"); !saved.ok()) {
        return finish.end = {Outcome::Failed, saved.error()};
    }
    status = work(tx);
    if (tx.first_failure && status.ok()) status = *tx.first_failure;

    // Full disks and failed reads may have rolled everything back: the others do theirs again.
    const bool lost = !writer_->in_transaction();
    const Status closed =
        lost ? Status(failed("rolled back"))
             : writer_->exec(status.ok() ? "RELEASE work" : "ROLLBACK TO work; RELEASE work");
    if (!closed.ok() || tx.busy) {
        finish.end.second = status.ok() ? closed.error() : status.error();
        const bool mine = !tx.busy && !status.ok();
        return {mine ? Outcome::Failed : Outcome::Again, finish.end.second};
    }
    if (!alone && group_.hand_on(batch)) {
        finish.waits = true;
        return {*batch->outcome, batch->error};
    }
    return finish.end = commit(*batch);
}

std::pair<SqliteDb::Outcome, base::Error> SqliteDb::commit(const GroupCommit::Batch& batch) {
    if (const Status done = writer_->exec("COMMIT"); done.ok()) {
        writer_->look_after_wal();
        return {Outcome::Committed, {}};
    } else if (writer_->last_code() == SQLITE_IOERR) {
        // The frames may be on the disk or not. A file whose fsync failed cannot be trusted again:
        // the kernel forgets what it could not write.
        broken_ = true;
        return {Outcome::Failed,
                failed("the commit's outcome is unknown: " + done.error().message, path_)};
    } else {
        const bool again = batch.members > 1 || writer_->last_code() == SQLITE_BUSY;
        return {again ? Outcome::Again : Outcome::Failed, done.error()};
    }
}

SqliteDb::Reader::~Reader() {
    const std::lock_guard lock(db.readers_mutex_);
    if (connection) {
        db.idle_readers_.push_back(std::move(connection));
    } else {
        --db.readers_;
    }
    db.reader_free_.notify_one();
}

base::Result<std::unique_ptr<SqliteDb::Reader>> SqliteDb::reader() {
    auto out = std::unique_ptr<Reader>();
    {
        std::unique_lock lock(readers_mutex_);
        if (!reader_free_.wait_until(lock, patience(), [this] {
                return !idle_readers_.empty() || readers_ < std::max(1, options_.pool);
            })) {
            return failed("too many reads at once", path_);
        }
        if (!idle_readers_.empty()) {
            out.reset(new Reader{*this, std::move(idle_readers_.back())});
            idle_readers_.pop_back();
            return out;
        }
        ++readers_;
        out.reset(new Reader{*this, nullptr});
    }
    out->connection =
        TRY(SqliteConnection::open(path_, SqliteConnection::Mode::Reader, options_.clock));
    return out;
}

base::Result<Rows> SqliteDb::read_with(SqliteConnection& reader, std::string_view sql,
                                       const Values& args) {
    if (!TRY(reader.is_readonly(sql))) {
        return failed("read() of a statement that writes: " + std::string(sql.substr(0, 200)));
    }
    const auto until = patience();
    while (true) {
        auto rows = reader.run(sql, args);
        if (rows.ok() || reader.last_code() != SQLITE_BUSY || Clock::now() > until) return rows;
    }
}

base::Result<Rows> SqliteDb::read(std::string_view sql, const Values& args) {
    if (!memory_) return read_with(*TRY(reader())->connection, sql, args);
    // A database in memory has one connection.
    if (InTransaction::of(this)) return read_with(*writer_, sql, args);
    const auto batch = group_.enter(true);
    auto rows = read_with(*writer_, sql, args);
    group_.finish(batch, Outcome::Committed);
    return rows;
}

Status SqliteDb::backup(const std::string& path) {
    if (memory_) return failed("a database in memory cannot be copied");
    const std::string temporary = path + ".part";
    ::unlink(temporary.c_str());
    {
        const auto target =
            TRY(SqliteConnection::open(temporary, SqliteConnection::Mode::Writer, options_.clock));
        const auto source = TRY(reader());
        sqlite3_backup* copy =
            sqlite3_backup_init(target->handle(), "main", source->connection->handle(), "main");
        if (!copy) return target->error("cannot copy: ");
        // All pages in one reading transaction: writers go on, the copy is of one moment.
        int code = sqlite3_backup_step(copy, -1);
        const auto until = patience();
        while ((code == SQLITE_BUSY || code == SQLITE_LOCKED) && Clock::now() < until) {
            sqlite3_sleep(20);
            code = sqlite3_backup_step(copy, -1);
        }
        sqlite3_backup_finish(copy);
        if (code != SQLITE_DONE) {
            const base::Error error = target->error("cannot copy: ");
            ::unlink(temporary.c_str());
            return error;
        }
    }
    return publish_file(temporary, path);
}

}  // namespace

base::Result<std::unique_ptr<Db>> open_sqlite(const std::string& path, const DbOptions& options) {
    auto db = std::make_unique<SqliteDb>(path, options);
    TRY(db->start());
    return std::unique_ptr<Db>(std::move(db));
}

}  // namespace store
