#include "studio/film/record_file.h"

#include <cmath>

#include "base/cpu/isa.h"
#include "media/atomic_file.h"

namespace studio {
namespace {

using base::Json;

// Micrometres and microseconds are enough for anybody and keep the file small.
double rounded(double x) { return std::round(x * 1e6) / 1e6; }
Json vector_json(base::Vec3 v) { return Json::array({rounded(v.x), rounded(v.y), rounded(v.z)}); }

Json event_json(const world::Event& e) {
    Json j = {{"t_s", rounded(e.t_s)},
              {"kind", world::event_kind_name(e.kind)},
              {"a", e.a},
              {"b", e.b},
              {"impulse_Ns", rounded(e.impulse_Ns)},
              {"position_m", vector_json(e.position_m)},
              {"shot", e.shot}};
    if (e.world_t_s) j["world_t_s"] = rounded(*e.world_t_s);
    if (!e.text.empty()) j["text"] = e.text;
    return j;
}

}  // namespace

Json RecordFile::to_json(const script::ShotList& list, const script::Report& report) const {
    Json out = {{"schema", "aozora-record/1"},
                {"fps", list.fps},
                {"duration_s", rounded(list.seconds())},
                {"isa", base::isa_level()},
                {"events", Json::array()},
                {"shots", Json::array()},
                {"bodies", Json::array()},
                {"tracks", Json::object()},
                {"understood", report.understood},
                {"replaced", Json::array()},
                {"left_out", report.left_out}};
    for (const world::Event& e : events) out["events"].push_back(event_json(e));
    for (const ShotSpan& s : shots)
        out["shots"].push_back({{"start_s", rounded(s.start_s)}, {"end_s", rounded(s.end_s)}});
    for (const world::RecordedBody& b : bodies) {
        out["bodies"].push_back(
            {{"name", b.name}, {"kind", b.kind}, {"mass_kg", b.mass_kg}, {"material", b.material}});
    }
    for (const auto& [name, samples] : tracks) {
        Json list_json = Json::array();
        for (const world::TrackSample& s : samples) {
            list_json.push_back({{"t_s", rounded(s.t_s)},
                                 {"position_m", vector_json(s.position_m)},
                                 {"velocity_mps", vector_json(s.velocity_mps)}});
        }
        out["tracks"][name] = std::move(list_json);
    }
    for (const script::Replaced& r : report.replaced) {
        out["replaced"].push_back({{"asked", r.asked}, {"used", r.used}, {"why", r.why}});
    }
    return out;
}

base::Status RecordFile::write(const std::string& path, const script::ShotList& list,
                               const script::Report& report) const {
    return media::write_file(path, to_json(list, report).dump() + "\n");
}

}  // namespace studio
