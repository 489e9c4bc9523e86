// One line for each thing that happened, with its ids: key=value for people, JSON for machines.
// Never secrets; prompts only where the operator switched that on.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "base/core/log.h"

namespace server {

struct LogField {
    std::string_view name;
    std::string value;
    bool quoted = true;
    LogField(std::string_view n, std::string v) : name(n), value(std::move(v)) {}
    LogField(std::string_view n, std::string_view v) : name(n), value(v) {}
    LogField(std::string_view n, const char* v) : name(n), value(v) {}
    LogField(std::string_view n, int64_t v) : name(n), value(std::to_string(v)), quoted(false) {}
    LogField(std::string_view n, int v) : name(n), value(std::to_string(v)), quoted(false) {}
};

void set_event_log_json(bool json);
void log_event(base::LogLevel level, std::string_view event,
               std::initializer_list<LogField> fields);

}  // namespace server
