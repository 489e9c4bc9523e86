#include "store/sql/postgres_connection.h"

#include <charconv>
#include <cstdlib>
#include <cstring>

#include "base/text/text.h"

namespace store {
namespace {

using base::failed;
using Trouble = PostgresConnection::Trouble;

// pg_type.h
constexpr Oid kBool = 16, kInt8 = 20, kInt2 = 21, kInt4 = 23, kText = 25, kFloat4 = 700,
              kFloat8 = 701, kNumeric = 1700;
constexpr size_t kMostPrepared = 512;

// Nothing hangs: a server that vanished is noticed within about half a minute, a statement or a
// lock that takes too long is given up.
constexpr const char* kSettings =
    "SET statement_timeout = 60000; SET lock_timeout = 10000; "
    "SET idle_in_transaction_session_timeout = 60000; SET client_min_messages = warning; "
    "SET TIME ZONE 'UTC'";

// Appendix A of PostgreSQL's manual.
Trouble trouble_of(std::string_view state) {
    if (state.starts_with("40") || state == "55P03") return Trouble::Again;
    // 53300: too many connections; 57P01..57P03: the server stops or starts.
    if (state.starts_with("08") || state == "53300" || state == "57P01" || state == "57P02" ||
        state == "57P03") {
        return Trouble::Lost;
    }
    return Trouble::Statement;
}

Value value_of(const PGresult* answer, int row, int column) {
    if (PQgetisnull(answer, row, column)) return {};
    const char* text = PQgetvalue(answer, row, column);
    const auto size = static_cast<size_t>(PQgetlength(answer, row, column));
    const std::string_view view(text, size);
    switch (PQftype(answer, column)) {
        case kBool: return Value(view == "t");
        case kInt2:
        case kInt4:
        case kInt8: return Value(int64_t{std::strtoll(text, nullptr, 10)});
        case kFloat4:
        case kFloat8: return Value(std::strtod(text, nullptr));
        case kNumeric:  // SUM(BIGINT)
            if (view.find('.') == std::string_view::npos) {
                return Value(int64_t{std::strtoll(text, nullptr, 10)});
            }
            return Value(std::strtod(text, nullptr));
        default: return Value(view);
    }
}

Oid type_of(const Value& value) {
    switch (value.data().index()) {
        case 1: return kInt8;
        case 2: return kFloat8;
        case 3: return kText;
        default: return 0;  // NULL: let the server find out
    }
}

std::string shortest(double value) {
    char buffer[40];
    const auto end = std::to_chars(buffer, buffer + sizeof(buffer), value).ptr;
    return {buffer, end};
}

}  // namespace

std::string postgres_address(const std::string& url) {
    PQconninfoOption* const options = PQconninfoParse(url.c_str(), nullptr);
    if (!options) return "postgres";
    std::string host = "localhost", port = "5432", name;
    for (const PQconninfoOption* each = options; each->keyword; ++each) {
        if (!each->val) continue;
        const std::string_view keyword = each->keyword;
        if (keyword == "host") host = each->val;
        if (keyword == "port") port = each->val;
        if (keyword == "dbname") name = each->val;
    }
    PQconninfoFree(options);
    return host + ":" + port + "/" + name;
}

base::Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(
    const std::string& url, std::function<int64_t()> clock, Trouble* trouble) {
    const std::string address = postgres_address(url);
    std::unique_ptr<PostgresConnection> out(new PostgresConnection(address, std::move(clock)));
    // "dbname" is expanded as a URL; what follows it overrides the URL, what precedes it is a
    // default.
    const char* const keys[] = {"connect_timeout",  "keepalives_idle",  "keepalives_interval",
                                "keepalives_count", "tcp_user_timeout", "fallback_application_name",
                                "dbname",           "client_encoding",  nullptr};
    const char* const values[] = {"5",      "10",        "5",    "3",    "30000",
                                  "aozora", url.c_str(), "UTF8", nullptr};
    out->connection_.reset(PQconnectdbParams(keys, values, 1));
    PGconn* const connection = out->connection_.get();
    if (!connection || PQstatus(connection) != CONNECTION_OK) {
        // No state tells which: what a server says while it starts and stops is worth waiting for,
        // a wrong password is not.
        const std::string message(base::trim(connection ? PQerrorMessage(connection) : ""));
        const bool refused = message.find("authentication failed") != std::string::npos ||
                             message.find("does not exist") != std::string::npos ||
                             message.find("no pg_hba.conf entry") != std::string::npos ||
                             message.find("invalid ") != std::string::npos;
        *trouble = refused ? Trouble::Statement : Trouble::Lost;
        return failed("cannot connect to the database: " + message, address);
    }
    PQsetNoticeProcessor(
        connection, [](void*, const char*) {}, nullptr);
    const base::Status set = out->exec(kSettings);
    *trouble = set.ok() ? Trouble::None : out->trouble();
    if (!set.ok()) return set.error();
    return out;
}

base::Status PostgresConnection::check(const Answer& answer, std::string_view sql) {
    const ExecStatusType status = PQresultStatus(answer.get());
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
        trouble_ = Trouble::None;
        return {};
    }
    const char* state = answer ? PQresultErrorField(answer.get(), PG_DIAG_SQLSTATE) : nullptr;
    trouble_ = PQstatus(connection_.get()) != CONNECTION_OK ? Trouble::Lost
               : state                                      ? trouble_of(state)
                                                            : Trouble::Statement;
    if (state && std::string_view(state) == "0A000") {  // "cached plan must not change result type"
        stale_ = true;
        trouble_ = Trouble::Lost;
    }
    const char* primary =
        answer ? PQresultErrorField(answer.get(), PG_DIAG_MESSAGE_PRIMARY) : nullptr;
    std::string what(base::trim(primary ? primary : PQerrorMessage(connection_.get())));
    if (state && std::string_view(state) == "53100") what = "the database's disk is full: " + what;
    return failed("in \"" + std::string(sql.substr(0, 200)) + "\": " + what, address_);
}

base::Status PostgresConnection::exec(const std::string& sql, std::string* tag) {
    const Answer answer(PQexec(connection_.get(), sql.c_str()));
    TRY(check(answer, sql));
    if (tag) *tag = PQcmdStatus(answer.get());
    return {};
}

base::Result<const Statement*> PostgresConnection::translated(std::string_view sql) {
    std::string key(sql);
    if (const auto found = translated_.find(key); found != translated_.end()) return &found->second;
    if (translated_.size() >= kMostPrepared) translated_.clear();
    Statement fresh = TRY(translate(sql, Engine::Postgres, clock_ != nullptr));
    return &(translated_[std::move(key)] = std::move(fresh));
}

base::Status PostgresConnection::forget_prepared() {
    TRY(exec("DEALLOCATE ALL"));
    prepared_.clear();
    return {};
}

base::Result<std::string> PostgresConnection::prepared(const Statement& statement,
                                                       const std::vector<Oid>& types) {
    std::string key;
    for (const Oid type : types) key += std::to_string(type) + ",";
    key += statement.sql;
    if (const auto found = prepared_.find(key); found != prepared_.end()) return found->second;
    if (prepared_.size() >= kMostPrepared) TRY(forget_prepared());
    const std::string name = "s" + std::to_string(next_name_++);
    const Answer answer(PQprepare(connection_.get(), name.c_str(), statement.sql.c_str(),
                                  static_cast<int>(types.size()), types.data()));
    TRY(check(answer, statement.sql));
    prepared_[std::move(key)] = name;
    return name;
}

base::Result<Rows> PostgresConnection::run(std::string_view sql, const Values& args,
                                           int64_t* touched) {
    trouble_ = Trouble::Statement;
    const Statement& statement = *TRY(translated(sql));
    TRY(check_arguments(statement, sql, args));

    const Value clock(clock_ ? clock_() : int64_t{0});
    std::vector<Oid> types;
    std::vector<std::string> texts;  // of numbers
    std::vector<const char*> values;
    texts.reserve(statement.sources.size());
    for (const int source : statement.sources) {
        const bool is_clock = source == Statement::kClock;
        const Value& given = is_clock ? clock : args[static_cast<size_t>(source)];
        types.push_back(type_of(given));
        const auto& data = given.data();
        if (const auto* text = std::get_if<std::string>(&data)) {
            values.push_back(text->c_str());
        } else if (given.is_null()) {
            values.push_back(nullptr);
        } else {
            const auto* integer = std::get_if<int64_t>(&data);
            texts.push_back(integer ? std::to_string(*integer) : shortest(std::get<double>(data)));
            values.push_back(texts.back().c_str());
        }
    }
    const std::string name = TRY(prepared(statement, types));
    const Answer answer(PQexecPrepared(connection_.get(), name.c_str(),
                                       static_cast<int>(values.size()), values.data(), nullptr,
                                       nullptr, 0));
    TRY(check(answer, sql));
    if (touched) *touched = std::strtoll(PQcmdTuples(answer.get()), nullptr, 10);
    Rows rows(static_cast<size_t>(PQntuples(answer.get())));
    const int columns = PQnfields(answer.get());
    for (size_t row = 0; row < rows.size(); ++row) {
        rows[row].reserve(static_cast<size_t>(columns));
        for (int column = 0; column < columns; ++column) {
            rows[row].push_back(value_of(answer.get(), static_cast<int>(row), column));
        }
    }
    return rows;
}

}  // namespace store
