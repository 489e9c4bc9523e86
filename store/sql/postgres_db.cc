#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "base/text/text.h"
#include "store/sql/engines.h"
#include "store/sql/postgres_connection.h"
#include "store/sql/postgres_dump.h"
#include "store/sql/postgres_notify.h"

namespace store {
namespace {

using base::failed;
using base::Status;
using Clock = std::chrono::steady_clock;
using Trouble = PostgresConnection::Trouble;

// Doubles each time, with jitter, so that those that collided do not collide again.
void pause(int tries) {
    thread_local std::minstd_rand random(std::random_device{}());
    const int most_us = 2'000 << std::min(tries, 8);
    std::this_thread::sleep_for(std::chrono::microseconds(
        most_us / 2 + static_cast<int>(random() % static_cast<unsigned>(most_us / 2))));
}

class PostgresTx : public Tx {
public:
    explicit PostgresTx(PostgresConnection& connection) : connection_(connection) {}

    base::Result<Rows> query(std::string_view sql, const Values& args) override {
        return note(connection_.run(sql, args));
    }
    base::Result<int64_t> execute(std::string_view sql, const Values& args) override {
        int64_t touched = 0;
        const auto rows = note(connection_.run(sql, args, &touched));
        if (!rows.ok()) return rows.error();
        return touched;
    }
    Engine engine() const override { return Engine::Postgres; }
    void after_commit(std::function<void()> action) override {
        actions.push_back(std::move(action));
    }

    std::vector<std::function<void()>> actions;
    std::optional<base::Error> first_failure;
    Trouble trouble = Trouble::None;

private:
    base::Result<Rows> note(base::Result<Rows> result) {
        if (!result.ok() && !first_failure) {
            first_failure = result.error();
            trouble = connection_.trouble();
        }
        return result;
    }
    PostgresConnection& connection_;
};

class PostgresDb : public Db {
public:
    PostgresDb(std::string url, DbOptions options)
        : url_(std::move(url)), options_(std::move(options)), address_(postgres_address(url_)) {}

    Status transaction(const std::function<Status(Tx&)>& work) override;
    base::Result<Rows> read(std::string_view sql, const Values& args) override;
    Engine engine() const override { return Engine::Postgres; }
    base::Result<int64_t> now_ms() override {
        return TRY(read("SELECT {now}", {}))[0][0].integer();
    }
    void wake(const std::string& channel, const std::string& message) override;
    std::shared_ptr<void> listen(const std::string& channel,
                                 std::function<void(const std::string&)> on_wake) override;
    Status backup(const std::string& path) override;
    Status restore(const std::string& path, const std::function<Status()>& check) override;
    Status ping() override {
        TRY(read("SELECT 1", {}));
        return {};
    }

private:
    base::Result<std::set<std::string>> things();
    Status drop_all_but(const std::set<std::string>& kept);
    // The address for PostgreSQL's own programs: where `ps` does not show the password.
    base::Result<std::vector<std::string>> environment();
    // A connection of the pool, given back by its death unless it is broken or inside a
    // transaction.
    struct Lent {
        PostgresDb& db;
        std::unique_ptr<PostgresConnection> connection;
        ~Lent();
    };
    // `fresh`: a new connection, and the idle ones are closed: the server was restarted.
    base::Result<std::unique_ptr<Lent>> lend(bool fresh, Trouble* trouble);
    // One try. `after` gets what is to be run after the commit.
    Status attempt(const std::function<Status(Tx&)>& work, bool fresh, Trouble* trouble,
                   std::vector<std::function<void()>>* after);
    Status until_patience_ends(const std::function<Status(bool fresh, Trouble* trouble)>& attempt);

    std::string url_;
    DbOptions options_;
    std::string address_;

    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<PostgresConnection>> idle_;
    int lent_ = 0;

    Wakes wakes_;
    std::once_flag notify_once_;
    std::unique_ptr<PostgresNotify> notify_;  // goes before wakes_
};

PostgresDb::Lent::~Lent() {
    const bool good = connection && connection->usable() && connection->idle();
    const std::lock_guard lock(db.mutex_);
    if (good) db.idle_.push_back(std::move(connection));
    --db.lent_;
    db.returned_.notify_one();
}

base::Result<std::unique_ptr<PostgresDb::Lent>> PostgresDb::lend(bool fresh, Trouble* trouble) {
    std::vector<std::unique_ptr<PostgresConnection>> closed;
    std::unique_ptr<Lent> out;
    {
        std::unique_lock lock(mutex_);
        const auto patience = std::chrono::duration<double>(options_.patience_s);
        if (!returned_.wait_for(lock, patience,
                                [this] { return lent_ < std::max(1, options_.pool); })) {
            *trouble = Trouble::Statement;
            return failed("all connections to the database are in use", address_);
        }
        ++lent_;
        out.reset(new Lent{*this, nullptr});
        if (fresh) closed.swap(idle_);
        if (!idle_.empty()) {
            out->connection = std::move(idle_.back());
            idle_.pop_back();
            return out;
        }
    }
    out->connection = TRY(PostgresConnection::open(url_, options_.clock, trouble));
    return out;
}

Status PostgresDb::until_patience_ends(
    const std::function<Status(bool fresh, Trouble* trouble)>& attempt) {
    const auto until =
        Clock::now() + std::chrono::milliseconds(static_cast<int64_t>(options_.patience_s * 1e3));
    bool fresh = false;
    for (int tries = 0;; ++tries) {
        Trouble trouble = Trouble::None;
        const Status status = attempt(fresh, &trouble);
        if (trouble != Trouble::Again && trouble != Trouble::Lost) return status;
        if (Clock::now() > until) return status;
        fresh = trouble == Trouble::Lost;
        pause(tries);
    }
}

Status PostgresDb::attempt(const std::function<Status(Tx&)>& work, bool fresh, Trouble* trouble,
                           std::vector<std::function<void()>>* after) {
    const auto lent = TRY(lend(fresh, trouble));
    PostgresConnection& connection = *lent->connection;
    if (const Status begun = connection.exec("BEGIN"); !begun.ok()) {
        *trouble = connection.trouble();
        return begun;
    }
    PostgresTx tx(connection);
    Status status = work(tx);
    if (tx.first_failure) {
        if (status.ok()) status = *tx.first_failure;
        *trouble = tx.trouble;
    }
    if (!status.ok()) {
        if (connection.usable()) (void)connection.exec("ROLLBACK");
        return status;
    }
    std::string tag;
    const Status committed = connection.exec("COMMIT", &tag);
    if (committed.ok() && tag == "COMMIT") {
        *after = std::move(tx.actions);
        return {};
    }
    *trouble = connection.trouble();
    if (committed.ok()) return failed("the transaction was rolled back", address_);
    if (*trouble == Trouble::Lost) {
        *trouble = Trouble::Statement;  // not again: it may have happened
        return failed("the connection was lost during the commit; its outcome is unknown",
                      address_);
    }
    return committed;
}

Status PostgresDb::transaction(const std::function<Status(Tx&)>& work) {
    InTransaction inside(this);
    std::vector<std::function<void()>> after;
    TRY(until_patience_ends(
        [&](bool fresh, Trouble* trouble) { return attempt(work, fresh, trouble, &after); }));
    inside.leave();
    for (const auto& action : after) action();
    return {};
}

base::Result<Rows> PostgresDb::read(std::string_view sql, const Values& args) {
    const std::string word = base::to_lower_ascii(base::trim(sql).substr(0, 6));
    if (!word.starts_with("select") && !word.starts_with("with")) {
        return failed("read() of a statement that writes: " + std::string(sql.substr(0, 200)));
    }
    Rows rows;
    TRY(until_patience_ends([&](bool fresh, Trouble* trouble) -> Status {
        const auto lent = TRY(lend(fresh, trouble));
        auto result = lent->connection->run(sql, args);
        *trouble = lent->connection->trouble();
        if (!result.ok()) return result.error();
        rows = std::move(*result);
        return {};
    }));
    return rows;
}

void PostgresDb::wake(const std::string& channel, const std::string& message) {
    // NOTIFY takes less than 8000 bytes. A hint without its message is still one.
    const std::string& sent = message.size() < 8000 ? message : std::string();
    Trouble trouble = Trouble::None;
    const auto lent = lend(false, &trouble);
    if (lent.ok() && (*lent)->connection->run("SELECT pg_notify(?, ?)", {channel, sent}).ok())
        return;
    wakes_.post(channel, sent);  // at least this process hears it
}

std::shared_ptr<void> PostgresDb::listen(const std::string& channel,
                                         std::function<void(const std::string&)> on_wake) {
    auto handle = wakes_.listen(channel, std::move(on_wake));
    std::call_once(notify_once_,
                   [this] { notify_ = std::make_unique<PostgresNotify>(url_, wakes_); });
    notify_->channels_changed();
    return handle;
}

base::Result<std::vector<std::string>> PostgresDb::environment() {
    std::vector<std::string> variables;
    Trouble trouble = Trouble::None;
    const auto lent = TRY(lend(false, &trouble));
    PQconninfoOption* const options = PQconninfo(lent->connection->handle());
    for (const PQconninfoOption* each = options; each && each->keyword; ++each) {
        if (each->envvar && each->val) {
            variables.push_back(std::string(each->envvar) + "=" + each->val);
        }
    }
    PQconninfoFree(options);
    return variables;
}

Status PostgresDb::backup(const std::string& path) {
    return dump_postgres(TRY(environment()), address_, path);
}

// What a dump may bring: tables with all that hangs on them, and schemas.
base::Result<std::set<std::string>> PostgresDb::things() {
    std::set<std::string> out;
    for (const Row& row :
         TRY(read("SELECT 'TABLE ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) "
                  "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                  "WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%' "
                  "AND n.nspname <> 'information_schema' "
                  "UNION ALL SELECT 'SCHEMA ' || quote_ident(nspname) FROM pg_namespace "
                  "WHERE nspname NOT LIKE 'pg\\_%'",
                  {})))
        out.insert(row[0].text());
    return out;
}

Status PostgresDb::drop_all_but(const std::set<std::string>& kept) {
    const std::set<std::string> now = TRY(things());
    return transaction([&](Tx& tx) -> Status {
        for (const char* kind : {"TABLE ", "SCHEMA "}) {  // with a schema goes what is left in it
            for (const std::string& thing : now) {
                if (thing.starts_with(kind) && !kept.count(thing))
                    TRY(tx.execute("DROP " + thing + " CASCADE"));
            }
        }
        return {};
    });
}

Status PostgresDb::restore(const std::string& path, const std::function<Status()>& check) {
    const std::set<std::string> before = TRY(things());
    TRY(restore_postgres(TRY(environment()), address_, path));
    const Status checked = check();
    if (checked.ok()) return {};
    const Status dropped = drop_all_but(before);
    if (dropped.ok()) return checked;
    return failed(checked.error().message +
                      "; and what was restored could not be dropped: " + dropped.error().message,
                  checked.error().where);
}

}  // namespace

base::Result<std::unique_ptr<Db>> open_postgres(const std::string& url, const DbOptions& options) {
    PQconninfoOption* const parsed = PQconninfoParse(url.c_str(), nullptr);
    if (!parsed) return base::usage_error("this address of a database cannot be understood");
    PQconninfoFree(parsed);
    auto db = std::make_unique<PostgresDb>(url, options);
    TRY(db->ping());
    return std::unique_ptr<Db>(std::move(db));
}

}  // namespace store
