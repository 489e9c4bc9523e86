#include "store/sql/engines.h"

namespace store {
namespace {

thread_local const Db* t_inside = nullptr;

}  // namespace

InTransaction::InTransaction(const Db* db) : outer_(t_inside) {
    CHECK(t_inside != db, "a transaction inside a transaction of the same database");
    t_inside = db;
}

void InTransaction::leave() {
    if (inside_) t_inside = outer_;
    inside_ = false;
}

bool InTransaction::of(const Db* db) { return t_inside == db; }

base::Result<std::unique_ptr<Db>> Db::open(const std::string& url, const DbOptions& options) {
    if (url.starts_with("postgres://") || url.starts_with("postgresql://")) {
        return open_postgres(url, options);
    }
    constexpr std::string_view kPrefix = "sqlite:";
    const std::string path = url.starts_with(kPrefix) ? url.substr(kPrefix.size()) : url;
    if (path.empty()) return base::usage_error("a database needs a path or postgres://...");
    if (path.find("://") != std::string::npos) {
        return base::usage_error(
            "this kind of database is not known; give sqlite:PATH or postgres://HOST/NAME",
            path.substr(0, path.find("://")));
    }
    return open_sqlite(path, options);
}

}  // namespace store
