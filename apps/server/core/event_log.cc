#include "apps/server/core/event_log.h"

#include <atomic>

#include "base/json/json.h"

namespace server {
namespace {

std::atomic<bool> as_json{false};

std::string quoted(const std::string& text) {
    return base::Json(text).dump(-1, ' ', false, base::Json::error_handler_t::replace);
}

bool is_plain(const std::string& text) {
    return !text.empty() && text.find_first_of(" \"=\n\r\t\\") == std::string::npos;
}

}  // namespace

void set_event_log_json(bool json) { as_json = json; }

void log_event(base::LogLevel level, std::string_view event,
               std::initializer_list<LogField> fields) {
    std::string line;
    if (as_json) {
        line = "{\"event\":" + quoted(std::string(event));
        for (const LogField& field : fields) {
            line += ',' + quoted(std::string(field.name)) + ':' +
                    (field.quoted ? quoted(field.value) : field.value);
        }
        line += '}';
    } else {
        line = event;
        for (const LogField& field : fields) {
            line += ' ';
            line += field.name;
            line += '=';
            line += !field.quoted || is_plain(field.value) ? field.value : quoted(field.value);
        }
    }
    base::log(level, line);
}

}  // namespace server
