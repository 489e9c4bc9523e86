#include "apps/server/http/http_date.h"

#include <array>
#include <cstdio>
#include <ctime>

namespace http {
namespace {

constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<int64_t> seconds_of(int year, const char* month, int day, int hour, int minute,
                                  int second) {
    std::tm parts{};
    parts.tm_mon = -1;
    for (size_t i = 0; i < kMonths.size(); ++i) {
        if (std::string_view(kMonths[i]) == month) parts.tm_mon = static_cast<int>(i);
    }
    if (parts.tm_mon < 0 || year < 1601 || year > 9999 || day < 1 || day > 31 || hour < 0 ||
        hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
        return std::nullopt;
    }
    parts.tm_year = year - 1900;
    parts.tm_mday = day;
    parts.tm_hour = hour;
    parts.tm_min = minute;
    parts.tm_sec = second;
    return timegm(&parts);
}

// A year of two digits lies at most 50 years ahead.
int full_year(int year) {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    const int current = parts.tm_year + 1900;
    const int guess = current - current % 100 + year;
    return guess > current + 50 ? guess - 100 : guess;
}

}  // namespace

std::string format_http_date(int64_t seconds) {
    const std::time_t time = seconds;
    std::tm parts{};
    gmtime_r(&time, &parts);
    char text[64];
    std::snprintf(text, sizeof(text), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                  kDays[static_cast<size_t>(parts.tm_wday)], parts.tm_mday,
                  kMonths[static_cast<size_t>(parts.tm_mon)], parts.tm_year + 1900, parts.tm_hour,
                  parts.tm_min, parts.tm_sec);
    return text;
}

std::optional<int64_t> parse_http_date(std::string_view view) {
    if (view.size() > 64) return std::nullopt;
    const std::string text(view);
    char month[4] = {};
    int day = 0, year = 0, hour = 0, minute = 0, second = 0, end = 0;
    if (std::sscanf(text.c_str(), "%*3[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d GMT%n", &day, month,
                    &year, &hour, &minute, &second, &end) == 6 &&
        end == static_cast<int>(text.size())) {
        return seconds_of(year, month, day, hour, minute, second);
    }
    end = 0;  // "Sunday, 06-Nov-94 08:49:37 GMT"
    if (std::sscanf(text.c_str(), "%*9[A-Za-z], %2d-%3[A-Za-z]-%2d %2d:%2d:%2d GMT%n", &day, month,
                    &year, &hour, &minute, &second, &end) == 6 &&
        end == static_cast<int>(text.size())) {
        return seconds_of(full_year(year), month, day, hour, minute, second);
    }
    end = 0;  // "Sun Nov  6 08:49:37 1994"
    if (std::sscanf(text.c_str(), "%*3[A-Za-z] %3[A-Za-z] %2d %2d:%2d:%2d %4d%n", month, &day,
                    &hour, &minute, &second, &year, &end) == 6 &&
        end == static_cast<int>(text.size())) {
        return seconds_of(year, month, day, hour, minute, second);
    }
    return std::nullopt;
}

}  // namespace http
