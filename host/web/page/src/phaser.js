// The parts of Phaser that the map needs: pictures and shapes on a canvas under a camera. The whole of it would be
// three times as much to fetch and to start.
import "phaser/src/cameras/2d/CameraManager";
import "phaser/src/events/EventEmitter";
import "phaser/src/gameobjects/DisplayList";
import "phaser/src/gameobjects/GameObjectCreator";
import "phaser/src/gameobjects/GameObjectFactory";
import "phaser/src/gameobjects/UpdateList";
import "phaser/src/gameobjects/graphics/GraphicsFactory";
import "phaser/src/gameobjects/image/ImageFactory";
import "phaser/src/scene/ScenePlugin";

export { default as Game } from "phaser/src/core/Game";
export { default as CONST } from "phaser/src/const";
export { default as SCALE_MODE } from "phaser/src/scale/const/SCALE_MODE_CONST";
