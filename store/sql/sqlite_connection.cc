#include "store/sql/sqlite_connection.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>

namespace store {
namespace {

using base::failed;

constexpr size_t kMostPrepared = 512;
// How long one statement waits for another process that holds the file.
constexpr int kBusyMs = 5'000;
constexpr int kCheckpointPages = 1'000;
constexpr int kLongWalPages = 16'000;  // 64 MB

// The file holds keys and prompts: nobody else may read it. SQLite gives -wal and -shm the same
// mode.
bool make_private_file(const std::string& path) {
    const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0) ::close(file);
    return file >= 0;
}

// SQLite tells some failures to write (of the shared memory beside the file) as input and output.
bool is_full(sqlite3* db, const std::string& path) {
    const int code = sqlite3_extended_errcode(db) & 0xff;
    if (code == SQLITE_FULL) return true;
    if (code != SQLITE_IOERR) return false;
    const int reason = sqlite3_system_errno(db);
    struct statvfs room;
    return reason == ENOSPC || reason == EDQUOT ||
           (::statvfs(path.c_str(), &room) == 0 && room.f_bavail == 0);
}

}  // namespace

base::Error SqliteConnection::error(const std::string& doing) {
    last_code_ = sqlite3_extended_errcode(db_.get());
    std::string what = sqlite3_errmsg(db_.get());
    switch (last_code_ & 0xff) {
        case SQLITE_BUSY: what = "another program holds the database"; break;
        case SQLITE_NOTADB: what = "this file is not a database"; break;
        case SQLITE_CORRUPT:
            what = "the database is damaged (" + what + "); restore a backup";
            break;
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN: what += "; check that the file and its folder may be written"; break;
        default: break;
    }
    if (is_full(db_.get(), path_)) what = "the disk is full; make room, nothing was changed";
    return failed(doing + what, path_);
}

base::Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(
    const std::string& path, Mode mode, std::function<int64_t()> clock) {
    std::unique_ptr<SqliteConnection> out(new SqliteConnection(path, std::move(clock)));
    const bool memory = path == ":memory:";
    // On a full disk it stays empty, and then goes again: it would look like a database.
    struct Empty {
        const std::string* path = nullptr;
        ~Empty() {
            struct stat status;
            if (path && ::stat(path->c_str(), &status) == 0 && status.st_size == 0)
                ::unlink(path->c_str());
        }
    } empty;
    if (mode == Mode::Writer && !memory && make_private_file(path)) empty.path = &path;
    sqlite3* raw = nullptr;
    const int code =
        sqlite3_open_v2(path.c_str(), &raw,
                        SQLITE_OPEN_READWRITE | (mode == Mode::Writer ? SQLITE_OPEN_CREATE : 0) |
                            SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                        nullptr);
    out->db_.reset(raw);
    if (!raw) return failed("out of memory");
    if (code != SQLITE_OK) return out->error("cannot open the database: ");
    sqlite3_busy_timeout(raw, kBusyMs);
    // Foreign SQL is never run, but a foreign file may be opened.
    sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    TRY(out->exec("PRAGMA foreign_keys = ON"));
    if (mode == Mode::Reader) {
        TRY(out->exec("PRAGMA query_only = ON"));
        return out;
    }
    const Rows wal = TRY(out->run("PRAGMA journal_mode = WAL"));
    if (!memory && (wal.empty() || wal[0][0].text() != "wal")) {
        return failed("the file system cannot hold a write-ahead log; use a local disk", path);
    }
    empty.path = nullptr;
    TRY(out->exec("PRAGMA synchronous = FULL"));
    TRY(out->exec("PRAGMA journal_size_limit = 67108864"));
    sqlite3_wal_hook(  // replaces the automatic checkpoint
        raw,
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<SqliteConnection*>(self)->wal_pages_ = pages;
            return SQLITE_OK;
        },
        out.get());
    return out;
}

void SqliteConnection::look_after_wal() {
    if (wal_pages_ < checkpointed_pages_) checkpointed_pages_ = 0;  // it was started anew
    if (wal_pages_ < checkpointed_pages_ + kCheckpointPages) return;
    checkpointed_pages_ = wal_pages_;
    const bool is_long = wal_pages_ >= kLongWalPages;
    if (is_long) sqlite3_busy_timeout(db_.get(), 100);
    sqlite3_wal_checkpoint_v2(db_.get(), nullptr,
                              is_long ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE,
                              nullptr, nullptr);
    if (is_long) sqlite3_busy_timeout(db_.get(), kBusyMs);
}

base::Status SqliteConnection::exec(const char* sql) {
    if (sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
    return error("");
}

base::Result<SqliteConnection::Prepared*> SqliteConnection::prepared(std::string_view sql) {
    std::string key(sql);
    if (const auto found = cache_.find(key); found != cache_.end()) return &found->second;
    if (cache_.size() >= kMostPrepared) cache_.clear();
    Prepared fresh{TRY(translate(sql, Engine::Sqlite, true)), nullptr};
    sqlite3_stmt* raw = nullptr;
    const char* tail = nullptr;
    const int code = sqlite3_prepare_v3(db_.get(), fresh.statement.sql.data(),
                                        static_cast<int>(fresh.statement.sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &raw, &tail);
    fresh.handle.reset(raw);
    if (code != SQLITE_OK) return error("in \"" + key.substr(0, 200) + "\": ");
    if (!raw) return failed("an empty statement");
    const char* end = fresh.statement.sql.data() + fresh.statement.sql.size();
    while (tail && tail != end && std::string_view(" \t\r\n;").find(*tail) != std::string::npos) {
        ++tail;
    }
    if (tail && tail != end) return failed("more than one statement: " + key.substr(0, 200));
    return &(cache_[std::move(key)] = std::move(fresh));
}

base::Status SqliteConnection::bind(const Prepared& prepared, const Values& args) {
    sqlite3_stmt* statement = prepared.handle.get();
    int index = 0;
    for (const int source : prepared.statement.sources) {
        ++index;
        int code = SQLITE_OK;
        if (source == Statement::kClock) {
            code = sqlite3_bind_int64(statement, index, clock_());
        } else if (const auto& data = args[static_cast<size_t>(source)].data(); data.index() == 0) {
            code = sqlite3_bind_null(statement, index);
        } else if (const auto* i = std::get_if<int64_t>(&data)) {
            code = sqlite3_bind_int64(statement, index, *i);
        } else if (const auto* d = std::get_if<double>(&data)) {
            code = sqlite3_bind_double(statement, index, *d);
        } else {
            // The arguments outlive the run, and run() clears the bindings.
            const auto& text = std::get<std::string>(data);
            code = sqlite3_bind_text64(statement, index, text.data(), text.size(), SQLITE_STATIC,
                                       SQLITE_UTF8);
        }
        if (code != SQLITE_OK) return error("");
    }
    return {};
}

base::Result<bool> SqliteConnection::is_readonly(std::string_view sql) {
    return sqlite3_stmt_readonly(TRY(prepared(sql))->handle.get()) != 0;
}

base::Result<Rows> SqliteConnection::run(std::string_view sql, const Values& args,
                                         int64_t* touched) {
    last_code_ = SQLITE_OK;
    Prepared* const entry = TRY(prepared(sql));
    TRY(check_arguments(entry->statement, sql, args));
    sqlite3_stmt* const statement = entry->handle.get();
    struct Reset {
        sqlite3_stmt* statement;
        ~Reset() {
            sqlite3_reset(statement);
            sqlite3_clear_bindings(statement);
        }
    } reset{statement};
    TRY(bind(*entry, args));

    const int64_t before = sqlite3_total_changes64(db_.get());
    Rows rows;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        Row& row = rows.emplace_back();
        const int columns = sqlite3_column_count(statement);
        row.reserve(static_cast<size_t>(columns));
        for (int i = 0; i < columns; ++i) {
            switch (sqlite3_column_type(statement, i)) {
                case SQLITE_NULL: row.emplace_back(); break;
                case SQLITE_INTEGER:
                    row.emplace_back(int64_t{sqlite3_column_int64(statement, i)});
                    break;
                case SQLITE_FLOAT: row.emplace_back(sqlite3_column_double(statement, i)); break;
                default: {
                    const auto* text =
                        reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
                    const int size = sqlite3_column_bytes(statement, i);
                    row.emplace_back(text ? std::string(text, static_cast<size_t>(size))
                                          : std::string());
                }
            }
        }
    }
    if (code != SQLITE_DONE) return error("in \"" + std::string(sql.substr(0, 200)) + "\": ");
    if (touched) {
        // sqlite3_changes keeps the count of an older statement when this one changes nothing.
        *touched = sqlite3_total_changes64(db_.get()) == before ? 0 : sqlite3_changes64(db_.get());
    }
    return rows;
}

}  // namespace store
