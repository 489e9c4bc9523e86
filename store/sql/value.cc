#include <charconv>

#include "store/sql/db.h"

namespace store {
namespace {

template <typename T>
T parsed(const std::string& text) {
    T value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace

int64_t Value::integer() const {
    if (const auto* i = std::get_if<int64_t>(&data_)) return *i;
    if (const auto* d = std::get_if<double>(&data_)) {
        if (!(*d > -0x1p63)) return *d == *d ? INT64_MIN : 0;
        return *d < 0x1p63 ? static_cast<int64_t>(*d) : INT64_MAX;
    }
    if (const auto* s = std::get_if<std::string>(&data_)) return parsed<int64_t>(*s);
    return 0;
}

double Value::real() const {
    if (const auto* i = std::get_if<int64_t>(&data_)) return static_cast<double>(*i);
    if (const auto* d = std::get_if<double>(&data_)) return *d;
    if (const auto* s = std::get_if<std::string>(&data_)) return parsed<double>(*s);
    return 0;
}

const std::string& Value::text() const {
    static const std::string kNone;
    if (is_null()) return kNone;
    const auto* s = std::get_if<std::string>(&data_);
    CHECK(s, "text() of a number");
    return *s;
}

std::optional<int64_t> Value::maybe_integer() const {
    if (is_null()) return {};
    return integer();
}

std::optional<std::string> Value::maybe_text() const {
    if (is_null()) return {};
    return text();
}

base::Result<Rows> Db::write(std::string_view sql, const Values& args) {
    Rows rows;
    TRY(transaction([&](Tx& tx) -> base::Status {
        rows = TRY(tx.query(sql, args));
        return {};
    }));
    return rows;
}

}  // namespace store
