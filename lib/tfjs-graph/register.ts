import './engine/register';
import './train/accelerate';
