import './install/register';
import './train/accelerate';
