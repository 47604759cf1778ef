// The answer to a form that was refused stands in the history as what was sent: whoever came back to it from the page after would
// be asked whether to send it again. As an address it is the page with its form; reading it changes nothing.
import { isAnswerToPost } from './page';

if (isAnswerToPost()) history.replaceState(history.state, '', location.href);
