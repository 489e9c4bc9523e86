// From the one SQL text to an engine's: parameters, the words in braces, and where statements end.
// Text in quotes and comments is left alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/sql/db.h"

namespace store {

struct Statement {
    static constexpr int kClock = -1;
    std::string sql;
    std::vector<int> sources;  // of parameter 1, 2, ...: index of the argument, or kClock
    int arguments = 0;         // how many the caller must give
};

// With `binds_clock` {now} becomes a parameter, else the engine's own expression. An unknown word,
// an open quote or an open brace is an Error.
base::Result<Statement> translate(std::string_view sql, Engine engine, bool binds_clock);

// Statements end with ';' at the end of a line (comments may follow); empty ones are dropped.
base::Result<std::vector<std::string>> split_statements(std::string_view sql);

// What both engines take, see db.h.
base::Status check_arguments(const Statement& statement, std::string_view sql, const Values& args);

}  // namespace store
