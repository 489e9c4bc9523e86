// One SQL text on two engines: SQLite (a file beside the server) and PostgreSQL (many machines).
//
// Statements are written once, in the part of SQL that both speak. Parameters are `?`. Four words
// in braces are replaced before a statement is prepared:
//   {now}          the database's clock, milliseconds since 1970 UTC, as BIGINT (it moves within a
//                  transaction on both engines; it may jump backwards when the machine's does)
//   {skip_locked}  "FOR UPDATE SKIP LOCKED" on PostgreSQL, nothing on SQLite
//   {lock}         "FOR UPDATE" on PostgreSQL, nothing on SQLite
//   {identity}     in CREATE TABLE, the type of a primary key that counts up by itself and never
//                  gives a number twice; INSERT ... RETURNING id tells it
// Types: BIGINT (int64, times in ms), DOUBLE PRECISION, TEXT (JSON too), never engine types. Text
// is valid UTF-8 without NUL, reals are finite; anything else is an Error on both engines. Sorting
// by TEXT follows the engine's collation: sort by numbers where the order matters.
//
// Isolation: on SQLite transactions run one after the other; on PostgreSQL they are READ COMMITTED,
// so a row that is read in order to be changed is read with {lock}, or changed by one statement.
// A statement that failed dooms its transaction on both engines, whatever `work` returns.
//
// Threads: a Db is used by any number of threads. SQLite: one writer connection (transactions queue
// for it; BEGIN IMMEDIATE; WAL; synchronous=FULL; those that wait share one fsync) and a pool of
// readers. PostgreSQL: a pool. A transaction that has returned ok is on the disk.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/core/result.h"

namespace store {

// NULL, integer, real, text. bool and int go in as integers.
class Value {
public:
    Value() = default;
    Value(std::nullptr_t) {}
    Value(int v) : data_(int64_t{v}) {}
    Value(int64_t v) : data_(v) {}
    Value(bool v) : data_(int64_t{v}) {}
    Value(double v) : data_(v) {}
    Value(std::string v) : data_(std::move(v)) {}
    Value(std::string_view v) : data_(std::string(v)) {}
    Value(const char* v) : data_(std::string(v)) {}
    Value(const std::optional<int64_t>& v) {
        if (v) data_ = *v;
    }
    Value(const std::optional<std::string>& v) {
        if (v) data_ = *v;
    }

    bool is_null() const { return data_.index() == 0; }
    int64_t integer() const;          // 0 for NULL; text is parsed
    double real() const;              // 0 for NULL
    const std::string& text() const;  // "" for NULL; CHECK-fails on numbers
    std::optional<int64_t> maybe_integer() const;
    std::optional<std::string> maybe_text() const;
    const std::variant<std::monostate, int64_t, double, std::string>& data() const { return data_; }

private:
    std::variant<std::monostate, int64_t, double, std::string> data_;
};

using Values = std::vector<Value>;
using Row = std::vector<Value>;  // in the order of the SELECT or RETURNING list
using Rows = std::vector<Row>;

enum class Engine { Sqlite, Postgres };

// Statements of one transaction. Lives only inside Db::transaction's function.
class Tx {
public:
    virtual ~Tx() = default;
    // SELECT, or INSERT/UPDATE/DELETE ... RETURNING.
    virtual base::Result<Rows> query(std::string_view sql, const Values& args = {}) = 0;
    // Number of rows that were touched.
    virtual base::Result<int64_t> execute(std::string_view sql, const Values& args = {}) = 0;
    virtual Engine engine() const = 0;
    // Run after the commit, in order, by the thread that committed; dropped on rollback or retry.
    virtual void after_commit(std::function<void()> action) = 0;
};

struct DbOptions {
    // Stands for {now} and now_ms(), for tests and simulations; any thread. Empty = the database's.
    std::function<int64_t()> clock;
    // Most connections to PostgreSQL, most readers of SQLite.
    int pool = 16;
    // How long a transaction or read is tried again while the server is away or busy.
    double patience_s = 20;
};

class Db {
public:
    virtual ~Db() = default;

    // "sqlite:PATH" or a plain path (":memory:" for tests), or
    // "postgres://user:secret@host:port/name?sslmode=..." (postgresql:// too). The file is made
    // when it does not exist. Errors name the address without secrets.
    static base::Result<std::unique_ptr<Db>> open(const std::string& url,
                                                  const DbOptions& options = {});

    // Runs `work` in one write transaction. An Error returned by `work` rolls back and is returned.
    // A serialization failure, deadlock, busy database or lost connection before the commit runs
    // `work` again (it must have no effects of its own outside `tx`; use after_commit). A
    // connection that is lost during the commit is an Error of kind Failed that says so: the caller
    // must find out (fences and idempotency keys make that safe). Runs on the caller's thread;
    // transactions do not nest (CHECK). Other threads' transactions may wait for `work`: keep it
    // short.
    virtual base::Status transaction(const std::function<base::Status(Tx&)>& work) = 0;

    // One reading statement outside of any transaction.
    virtual base::Result<Rows> read(std::string_view sql, const Values& args = {}) = 0;
    // One writing statement as a transaction of its own.
    base::Result<Rows> write(std::string_view sql, const Values& args = {});

    virtual Engine engine() const = 0;
    virtual base::Result<int64_t> now_ms() = 0;  // the database's clock

    // Wakes whoever waits on `channel` in this process and, on PostgreSQL, in every other server
    // (NOTIFY). Only a hint: it may be lost, so listeners also look by themselves now and then.
    virtual void wake(const std::string& channel, const std::string& message) = 0;
    // Called on a thread of the Db for every wake, and with an empty message when wakes may have
    // been missed (reconnect); returns a handle whose death ends it and waits for a running call.
    virtual std::shared_ptr<void> listen(
        const std::string& channel, std::function<void(const std::string& message)> on_wake) = 0;

    // A consistent copy while others write: SQLite by its backup API into the file `path`;
    // PostgreSQL by pg_dump (custom format) where it is installed, else an Error that says what to
    // run.
    virtual base::Status backup(const std::string& path) = 0;
    // PostgreSQL: what backup() wrote into an empty database, by pg_restore, all or nothing. Then
    // `check` is called, and when it fails all that came is dropped again. Nobody else may use the
    // database meanwhile. A copy of SQLite is a database itself: put it in place and open it.
    virtual base::Status restore(const std::string& path,
                                 const std::function<base::Status()>& check) = 0;
    // Cheap question for readiness probes.
    virtual base::Status ping() = 0;
};

}  // namespace store
