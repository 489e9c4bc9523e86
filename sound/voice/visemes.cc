#include "sound/voice/visemes.h"

#include <algorithm>

namespace sound {
namespace {

struct Entry {
    std::string_view phone;
    int viseme;
};
constexpr Entry kPhones[] = {
    {"p", 1},   {"b", 1},   {"m", 1},   {"f", 2},   {"v", 2},  {"th", 3},  {"dh", 3},  {"t", 4},
    {"d", 4},   {"n", 4},   {"l", 4},   {"s", 4},   {"z", 4},  {"dx", 4},  {"nx", 4},  {"el", 4},
    {"en", 4},  {"em", 1},  {"sh", 5},  {"zh", 5},  {"ch", 5}, {"jh", 5},  {"r", 5},   {"k", 6},
    {"g", 6},   {"ng", 6},  {"hh", 6},  {"hv", 6},  {"eh", 7}, {"ey", 7},  {"ae", 7},  {"ah", 8},
    {"ax", 8},  {"er", 8},  {"axr", 8}, {"ih", 9},  {"iy", 9}, {"y", 9},   {"ix", 9},  {"ao", 10},
    {"ow", 10}, {"oy", 10}, {"uw", 11}, {"uh", 11}, {"w", 11}, {"aa", 12}, {"aw", 12}, {"ay", 12},
};
constexpr double kShortestShape_s = 0.040;

}  // namespace

int viseme_of_phone(std::string_view phone) {
    for (const Entry& entry : kPhones)
        if (entry.phone == phone) return entry.viseme;
    return 0;
}

std::vector<std::pair<double, int>> viseme_track(const std::vector<SpokenPhone>& phones) {
    std::vector<std::pair<double, int>> track{{0.0, 0}};
    double start = 0;
    for (const SpokenPhone& phone : phones) {
        const int viseme = viseme_of_phone(phone.phone);
        const bool brief = phone.end_s - start < kShortestShape_s && viseme != 1 && viseme != 0;
        if (phone.end_s > start && !brief && viseme != track.back().second) {
            if (track.back().first >= start) track.pop_back();
            if (track.empty() || track.back().second != viseme) track.emplace_back(start, viseme);
        }
        start = std::max(start, phone.end_s);
    }
    if (track.back().second != 0 && start > track.back().first) track.emplace_back(start, 0);
    return track;
}

}  // namespace sound
