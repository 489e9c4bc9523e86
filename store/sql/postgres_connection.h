// One connection to PostgreSQL with its prepared statements. One thread at a time.
#pragma once

#include <libpq-fe.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "store/sql/db.h"
#include "store/sql/statement.h"

namespace store {

// "host:port/name", without user and password, for messages.
std::string postgres_address(const std::string& url);

class PostgresConnection {
public:
    // What a failure asks for.
    enum class Trouble {
        None,
        Statement,  // the statement's own fault
        Again,      // serialization failure, deadlock, lock timeout: run the transaction again
        Lost,       // the connection is gone, or the server is not there yet
    };

    static base::Result<std::unique_ptr<PostgresConnection>> open(const std::string& url,
                                                                  std::function<int64_t()> clock,
                                                                  Trouble* trouble);

    base::Result<Rows> run(std::string_view sql, const Values& args = {},
                           int64_t* touched = nullptr);
    // BEGIN, SET, LISTEN; `tag` gets the server's answer ("COMMIT", "ROLLBACK").
    base::Status exec(const std::string& sql, std::string* tag = nullptr);

    Trouble trouble() const { return trouble_; }  // of the last failure
    bool usable() const { return PQstatus(connection_.get()) == CONNECTION_OK && !stale_; }
    bool idle() const { return PQtransactionStatus(connection_.get()) == PQTRANS_IDLE; }
    PGconn* handle() { return connection_.get(); }

private:
    struct Finish {
        void operator()(PGconn* p) const { PQfinish(p); }
    };
    struct Clear {
        void operator()(PGresult* p) const { PQclear(p); }
    };
    using Answer = std::unique_ptr<PGresult, Clear>;

    PostgresConnection(std::string address, std::function<int64_t()> clock)
        : address_(std::move(address)), clock_(std::move(clock)) {}
    // An Error unless the answer is a success.
    base::Status check(const Answer& answer, std::string_view sql);
    base::Result<const Statement*> translated(std::string_view sql);
    base::Result<std::string> prepared(const Statement& statement, const std::vector<Oid>& types);
    base::Status forget_prepared();

    std::string address_;
    std::function<int64_t()> clock_;
    std::unique_ptr<PGconn, Finish> connection_;
    std::unordered_map<std::string, Statement> translated_;
    std::unordered_map<std::string, std::string> prepared_;  // SQL and types -> name
    int64_t next_name_ = 0;
    Trouble trouble_ = Trouble::None;
    bool stale_ = false;  // its prepared statements no longer fit the tables
};

}  // namespace store
