// One connection to an SQLite file with its prepared statements. One thread at a time.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "store/sql/db.h"
#include "store/sql/statement.h"

namespace store {

class SqliteConnection {
public:
    enum class Mode { Writer, Reader };

    static base::Result<std::unique_ptr<SqliteConnection>> open(const std::string& path, Mode mode,
                                                                std::function<int64_t()> clock);

    // Runs a statement to its end. `touched` gets the number of rows that it changed.
    base::Result<Rows> run(std::string_view sql, const Values& args = {},
                           int64_t* touched = nullptr);
    // BEGIN, COMMIT and the like.
    base::Status exec(const char* sql);
    // Whether it only reads.
    base::Result<bool> is_readonly(std::string_view sql);

    // The primary result code (SQLITE_BUSY ...) and the extended one of the last failure.
    int last_code() const { return last_code_ & 0xff; }
    int last_extended_code() const { return last_code_; }
    // False after an error that made SQLite roll back by itself.
    bool in_transaction() const { return sqlite3_get_autocommit(db_.get()) == 0; }
    // After a commit: the log is written back every 1000 pages, as far as readers let it. Readers
    // that always overlap would let it grow for ever: when it is long, waits for them a moment.
    void look_after_wal();
    sqlite3* handle() { return db_.get(); }

    base::Error error(const std::string& doing);

private:
    struct Close {
        void operator()(sqlite3* p) const { sqlite3_close_v2(p); }
    };
    struct Finalize {
        void operator()(sqlite3_stmt* p) const { sqlite3_finalize(p); }
    };
    struct Prepared {
        Statement statement;
        std::unique_ptr<sqlite3_stmt, Finalize> handle;
    };

    SqliteConnection(std::string path, std::function<int64_t()> clock)
        : path_(std::move(path)), clock_(std::move(clock)) {}
    base::Result<Prepared*> prepared(std::string_view sql);
    base::Status bind(const Prepared& prepared, const Values& args);

    std::string path_;
    std::function<int64_t()> clock_;
    std::unique_ptr<sqlite3, Close> db_;
    std::unordered_map<std::string, Prepared> cache_;
    int last_code_ = SQLITE_OK;
    int wal_pages_ = 0;
    int checkpointed_pages_ = 0;
};

}  // namespace store
