// The two kinds of Db, for Db::open and their own tests.
#pragma once

#include <memory>
#include <string>

#include "store/sql/db.h"

namespace store {

base::Result<std::unique_ptr<Db>> open_sqlite(const std::string& path, const DbOptions& options);
base::Result<std::unique_ptr<Db>> open_postgres(const std::string& url, const DbOptions& options);

// Marks the thread as being inside a transaction of `db`; transactions do not nest.
class InTransaction {
public:
    explicit InTransaction(const Db* db);
    ~InTransaction() { leave(); }
    InTransaction(const InTransaction&) = delete;
    void leave();
    static bool of(const Db* db);

private:
    const Db* outer_ = nullptr;
    bool inside_ = true;
};

}  // namespace store
