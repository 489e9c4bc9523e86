#include "world/record/record.h"

namespace world {

const char* event_kind_name(EventKind kind) {
    switch (kind) {
        case EventKind::Contact: return "contact";
        case EventKind::Release: return "release";
        case EventKind::Score: return "score";
        case EventKind::Speech: return "speech";
        case EventKind::Cut: return "cut";
        case EventKind::Footstep: return "footstep";
        case EventKind::Break: return "break";
        case EventKind::Splash: return "splash";
    }
    return "contact";
}

void MemoryRecord::begin_shot(int shot, double start_s, double end_s) {
    if (static_cast<int>(shots.size()) <= shot) shots.resize(static_cast<size_t>(shot) + 1);
    shots[static_cast<size_t>(shot)] = {start_s, end_s};
}

void MemoryRecord::body(const RecordedBody& body) { bodies.push_back(body); }

void MemoryRecord::event(const Event& event) { events.push_back(event); }

void MemoryRecord::track(const std::string& body, const TrackSample& sample) {
    for (auto& [name, samples] : tracks) {
        if (name != body) continue;
        samples.push_back(sample);
        return;
    }
    tracks.push_back({body, {sample}});
}

}  // namespace world
