#include "apps/server/routes/paging.h"

#include <algorithm>
#include <charconv>

namespace server {

Answer<Paging> read_paging(const http::RequestHead& head, int most, int by_default,
                           const std::vector<std::string>& further) {
    Paging paging;
    paging.limit = by_default;
    for (const auto& [name, value] : head.query.pairs) {
        if (name == "limit") {
            int limit = -1;
            const auto [end, error] =
                std::from_chars(value.data(), value.data() + value.size(), limit);
            if (error != std::errc() || end != value.data() + value.size() || limit < 0 ||
                limit > most) {
                return bad_value("limit", "Invalid 'limit': expected a whole number from 0 to " +
                                              std::to_string(most) + ".");
            }
            paging.limit = limit;
        } else if (name == "order") {
            if (value != "asc" && value != "desc")
                return bad_value("order", "Invalid 'order': expected 'asc' or 'desc'.");
            paging.ascending = value == "asc";
        } else if (name == "after") {
            paging.after = value;
        } else if (std::find(further.begin(), further.end(), name) == further.end()) {
            return unknown_parameter(name);
        }
    }
    return paging;
}

http::Response list_response(const std::vector<base::Json>& data, bool has_more) {
    base::Json all = base::Json::array();
    for (const base::Json& item : data) all.push_back(item);
    base::Json first = nullptr, last = nullptr;
    if (!data.empty()) {
        first = data.front().at("id");
        last = data.back().at("id");
    }
    return http::json_text(200, base::Json({{"object", "list"},
                                            {"data", std::move(all)},
                                            {"first_id", first},
                                            {"last_id", last},
                                            {"has_more", has_more}})
                                    .dump());
}

}  // namespace server
