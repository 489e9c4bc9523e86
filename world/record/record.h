// What happened: the truth that comes with every film of the world engine.
//
// Simulator and director write events and samples into a RecordSink as they happen, in time order,
// so memory does not grow with the film. Meaning of every kind: docs/formats/record.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/math/vec.h"

namespace world {

enum class EventKind { Contact, Release, Score, Speech, Cut, Footstep, Break, Splash };
const char* event_kind_name(EventKind kind);  // "contact", "release", ...

struct Event {
    double t_s = 0;                   // film time; in the simulator: world time of the shot
    std::optional<double> world_t_s;  // set in slow motion
    EventKind kind = EventKind::Contact;
    std::string a, b;
    double impulse_Ns = 0;
    base::Vec3 position_m;
    int shot = 0;
    // For sound; not in record.json:
    std::string material_a, material_b;
    int body_a = -1, body_b = -1;  // Scene::bodies, -1 = none
    double closing_speed_mps = 0;
    double duration_s = 0;  // Hertz contact time; speech: length
    std::string text;       // speech
};

// Continuous contact, for rolling, sliding and scraping noise: one sample each simulator output.
struct SlideSample {
    double t_s = 0;
    int body_a = -1, body_b = -1;
    double normal_force_N = 0;
    double slide_speed_mps = 0;  // tangential slip
    double roll_speed_mps = 0;   // speed of the contact point along the surface
    base::Vec3 position_m;
};

struct TrackSample {
    double t_s = 0;
    base::Vec3 position_m;  // centre of mass
    base::Vec3 velocity_mps;
};

struct RecordedBody {
    std::string name, kind, material;
    double mass_kg = 0;
};

// Calls come from one thread, times never go back within a shot.
class RecordSink {
public:
    virtual ~RecordSink() = default;
    virtual void begin_shot(int shot, double start_s, double end_s) = 0;
    virtual void body(const RecordedBody& body) = 0;  // once per name in a film
    virtual void event(const Event& event) = 0;
    virtual void track(const std::string& body, const TrackSample& sample) = 0;
};

// Keeps everything; tests and short films.
struct MemoryRecord : RecordSink {
    struct ShotSpan {
        double start_s, end_s;
    };
    std::vector<ShotSpan> shots;
    std::vector<RecordedBody> bodies;
    std::vector<Event> events;
    std::vector<std::pair<std::string, std::vector<TrackSample>>> tracks;
    void begin_shot(int shot, double start_s, double end_s) override;
    void body(const RecordedBody& body) override;
    void event(const Event& event) override;
    void track(const std::string& body, const TrackSample& sample) override;
};

}  // namespace world
