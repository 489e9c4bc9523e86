#include "script/shots/choices.h"

namespace script {
namespace {

constexpr Choice<Style> kStyles[] = {{Style::Realistic, "realistic"},
                                     {Style::Clay, "clay"},
                                     {Style::Anime, "anime"},
                                     {Style::Noir, "noir"}};
constexpr Choice<TimeOfDay> kTimes[] = {{TimeOfDay::Unset, ""},
                                        {TimeOfDay::Dawn, "dawn"},
                                        {TimeOfDay::Day, "day"},
                                        {TimeOfDay::Sunset, "sunset"},
                                        {TimeOfDay::Night, "night"}};
constexpr Choice<Weather> kWeathers[] = {{Weather::Unset, ""},        {Weather::Clear, "clear"},
                                         {Weather::Cloudy, "cloudy"}, {Weather::Rain, "rain"},
                                         {Weather::Snow, "snow"},     {Weather::Fog, "fog"},
                                         {Weather::Wind, "wind"}};
constexpr Choice<Framing> kFramings[] = {{Framing::Auto, ""},
                                         {Framing::ExtremeWide, "extreme wide"},
                                         {Framing::Wide, "wide"},
                                         {Framing::Medium, "medium"},
                                         {Framing::CloseUp, "close-up"},
                                         {Framing::ExtremeCloseUp, "extreme close-up"},
                                         {Framing::Top, "top view"},
                                         {Framing::Low, "low angle"},
                                         {Framing::PointOfView, "point of view"}};
constexpr Choice<CameraMove> kMoves[] = {
    {CameraMove::Static, "static"},        {CameraMove::Tracking, "tracking"},
    {CameraMove::DollyIn, "dolly in"},     {CameraMove::DollyOut, "dolly out"},
    {CameraMove::PanLeft, "pan left"},     {CameraMove::PanRight, "pan right"},
    {CameraMove::TiltUp, "tilt up"},       {CameraMove::TiltDown, "tilt down"},
    {CameraMove::Orbit, "orbit"},          {CameraMove::CraneUp, "crane up"},
    {CameraMove::CraneDown, "crane down"}, {CameraMove::ZoomIn, "zoom in"},
    {CameraMove::ZoomOut, "zoom out"},     {CameraMove::Handheld, "handheld"}};
constexpr Choice<Arrangement> kArrangements[] = {
    {Arrangement::Auto, ""},           {Arrangement::Row, "row"},
    {Arrangement::Circle, "circle"},   {Arrangement::Spiral, "spiral"},
    {Arrangement::Stack, "stack"},     {Arrangement::Tower, "tower"},
    {Arrangement::Pyramid, "pyramid"}, {Arrangement::Wall, "wall"},
    {Arrangement::Grid, "grid"},       {Arrangement::Scattered, "scattered"},
    {Arrangement::Rack, "rack"}};

}  // namespace

std::span<const Choice<Style>> choices(Style) { return kStyles; }
std::span<const Choice<TimeOfDay>> choices(TimeOfDay) { return kTimes; }
std::span<const Choice<Weather>> choices(Weather) { return kWeathers; }
std::span<const Choice<Framing>> choices(Framing) { return kFramings; }
std::span<const Choice<CameraMove>> choices(CameraMove) { return kMoves; }
std::span<const Choice<Arrangement>> choices(Arrangement) { return kArrangements; }

}  // namespace script
