// `limit`, `order` and `after` of the lists, and their envelope.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "apps/server/core/api_error.h"
#include "base/json/json.h"

namespace server {

struct Paging {
    int limit = 20;
    bool ascending = false;
    std::string after;  // "" = from the start
};
Answer<Paging> read_paging(const http::RequestHead& head, int most = 100, int by_default = 20,
                           const std::vector<std::string>& further = {});

// {object:"list", data, first_id, last_id, has_more}
http::Response list_response(const std::vector<base::Json>& data, bool has_more);

}  // namespace server
